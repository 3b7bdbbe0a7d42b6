"""What expires when, in the window."""
