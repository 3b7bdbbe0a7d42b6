"""Drills reported upward: which and by when, complete or not, returned, accepted."""
