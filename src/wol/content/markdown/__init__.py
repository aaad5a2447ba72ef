"""Markdown text to HTML in pieces: the dialect of the authoring format, section 5."""
