"""Catalogue, storehouses, lots, movements and required levels."""
