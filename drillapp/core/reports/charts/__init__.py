"""Charts drawn as vectors from plain numbers; readable in grey print and by colour-blind eyes."""
