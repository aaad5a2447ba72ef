"""The types that pass between the stages: frozen, and with no way to the disk."""
