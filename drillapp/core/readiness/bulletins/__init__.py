"""Readiness bulletins: issued with a number, kept as they were, worked out again by the formula of their time."""
