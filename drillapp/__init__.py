"""Contingency plans, drills, supplies and disposal cards of an emergency management office."""
