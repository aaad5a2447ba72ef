"""What keeps the words and files of unpublished items out of a release."""
