"""Picture files as bytes: what they say besides their pixels, and the same file without it. Nothing is ever decoded."""
