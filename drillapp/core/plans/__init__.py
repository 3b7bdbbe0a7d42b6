"""Tiered contingency plans and the events of their life."""
