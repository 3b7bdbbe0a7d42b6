"""Drills, their calendar, log and findings."""
