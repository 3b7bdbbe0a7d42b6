"""Drills while they run: clock, pauses, injects released, actions awaited, people checked in."""
