"""Injects: what is told to the players of a drill, when, and what they are expected to do."""
