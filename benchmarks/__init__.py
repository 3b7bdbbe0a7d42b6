"""How fast the program is on a whole district, each figure against a floor measured in the same run."""
