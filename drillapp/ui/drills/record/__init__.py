"""The whole record of a drill: read in the panel, written in one roomy dialog."""
