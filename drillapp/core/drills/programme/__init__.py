"""The annual programme of drills."""
