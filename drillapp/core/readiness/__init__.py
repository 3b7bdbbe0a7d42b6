"""How ready each unit is as of a date, each figure with its evidence."""
