"""The window in which a drill is conducted, and the screen for the room."""
