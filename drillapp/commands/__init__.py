"""Groups of commands beside those of `drillapp.cli`, and what all commands share."""
