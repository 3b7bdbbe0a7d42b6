"""What belongs to one drill: who and what takes part, what is tested, its files, what it costs."""
