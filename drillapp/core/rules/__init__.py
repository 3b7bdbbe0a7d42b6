"""What the law asks of whom and how often."""
