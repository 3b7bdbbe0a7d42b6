"""The catalogue in the window: items, the tree of categories, look-alikes."""
