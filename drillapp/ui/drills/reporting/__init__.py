"""Drills reported upward, how reliably units report, who takes part, and real events."""
