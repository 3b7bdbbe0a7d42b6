"""Stocktakes: drawn up, counted, reviewed, posted."""
