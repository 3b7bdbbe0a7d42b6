"""Stock, movements, items, storehouses and required levels."""
