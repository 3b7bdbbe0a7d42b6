"""The evaluation of a drill: evaluators' sheets, what they say together, rating and verdict."""
