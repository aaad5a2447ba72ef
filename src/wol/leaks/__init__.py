"""The search for words of unpublished items in what a build makes: pure, from words and bytes to what was found."""
