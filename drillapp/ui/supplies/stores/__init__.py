"""Storehouses in the window: the stores themselves, their shelves and rooms."""
