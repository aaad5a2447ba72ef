"""Enclosures: sounds and films that belong to a post."""
