"""The output folder: which files in it are ours, how they were left, and how a build puts its own in place."""
