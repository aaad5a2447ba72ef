"""Image files as bytes: strip their metadata and find locations. Nothing is ever decoded."""
