"""Labels with codes for items, lots, shelves and storehouses."""
