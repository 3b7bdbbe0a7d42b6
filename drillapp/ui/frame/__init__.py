"""The pieces of the window's frame: navigation, scope, date, search, status."""
