"""What must be there, in the window."""
