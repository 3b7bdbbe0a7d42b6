"""The stock ledger in the window."""
