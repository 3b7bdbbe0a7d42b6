"""Who has it, and mutual aid, in the window."""
