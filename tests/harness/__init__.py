"""What the tests share: sites as values, random edits, words, own readings of the real blogs."""
