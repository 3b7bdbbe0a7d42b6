"""Plans as Word documents: read with their outline, written in the standard's layout."""
