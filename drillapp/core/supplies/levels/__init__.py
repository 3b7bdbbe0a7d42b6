"""What must be there: levels, scenarios, what to buy."""
