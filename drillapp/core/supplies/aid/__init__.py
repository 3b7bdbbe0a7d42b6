"""Who has it, and mutual aid between units."""
