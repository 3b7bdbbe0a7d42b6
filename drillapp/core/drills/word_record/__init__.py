"""Drill records that come as Word tables, labels beside what they name: read into a drill for a person to confirm."""
