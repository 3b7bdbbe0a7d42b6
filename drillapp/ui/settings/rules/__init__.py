"""The rules in force: looked through, switched, given terms, entered; and what no rule of the program asks."""
