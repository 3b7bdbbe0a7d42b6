"""Everything the command line and the window can do, without a window system."""
