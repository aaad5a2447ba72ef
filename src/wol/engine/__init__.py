"""The pipeline: what must be built, why, and how it gets to its place."""
