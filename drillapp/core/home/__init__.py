"""What the first page of the window tells of a unit: what is due, how ready it is, what comes next."""
