"""Files from somebody else: looked at before they are opened, and read in a process that can do no harm."""
