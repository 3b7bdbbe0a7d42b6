"""Stocktakes in the window: drawn up, counted, reviewed, posted."""
