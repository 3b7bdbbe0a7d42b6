"""How ready units are, and why."""
