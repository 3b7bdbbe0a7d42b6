"""Inspections and maintenance in the window."""
