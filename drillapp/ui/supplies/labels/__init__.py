"""Labels in the window."""
