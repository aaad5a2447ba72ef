"""Themes: which file a name means, what a theme's options are, and on which templates a page depends."""
