"""Lists of what lies where, as offices have kept them: brought in as a dated count or as receipts."""
