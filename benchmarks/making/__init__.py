"""A district made up of invented records: 20,000 units with all that they keep, at size 1."""
