"""The preview: serves what the last build left in `.wol/preview/` as a host would, and tells browsers what has changed."""
