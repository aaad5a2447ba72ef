"""Publishing: what was built goes to a target, whole or not at all, and back again."""
