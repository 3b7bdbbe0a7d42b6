"""The window's part of bringing ledgers in: what was understood of a file is shown, corrected and agreed to."""
