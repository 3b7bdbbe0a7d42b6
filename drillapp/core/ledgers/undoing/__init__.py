"""Taking back what a ledger file brought in, as long as nobody has built on it."""
