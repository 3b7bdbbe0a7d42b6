"""The catalogue: categories, packs, duplicates, lists with names instead of codes."""
