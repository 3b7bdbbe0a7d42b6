"""Rescue teams in the window: a list with the state of their standard, what belongs to each, the duty roster."""
