"""Findings in the window: their list, board, steps and history."""
