"""The script of a drill: its injects written, shifted, brought in and out."""
