"""Dates, inspections and maintenance of what is in stock."""
