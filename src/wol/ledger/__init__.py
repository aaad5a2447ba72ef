"""What keeps URLs and ids: the ledger of what was published, and edits of sources that move or withdraw it."""
