"""Watching a site: a process that builds, what wakes it, and when. Nothing here serves or prints."""
