"""The annual programme of drills: its calendar, its list, and what is done with it."""
