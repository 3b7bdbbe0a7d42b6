"""Files that belong to records: kept in the office, once for each content."""
