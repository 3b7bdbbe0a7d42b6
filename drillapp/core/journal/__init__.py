"""Who changed what and when, chained."""
