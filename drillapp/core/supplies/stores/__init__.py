"""Storehouses: their shelves, keepers and pictures."""
