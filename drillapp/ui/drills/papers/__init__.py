"""Documents of a drill in the window: which there are, written section by section, approved, printed."""
