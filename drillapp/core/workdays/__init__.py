"""Working days as the State Council announces them: terms that the law gives in working days."""
