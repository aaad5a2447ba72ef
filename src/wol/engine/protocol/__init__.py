"""What features declare and give to the engine: held to its types, read, and called so that an error names the feature."""
