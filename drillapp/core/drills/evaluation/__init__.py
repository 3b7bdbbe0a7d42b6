"""How a drill went: evaluators' sheets by the standards' forms, the rating with its arithmetic."""
