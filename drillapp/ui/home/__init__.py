"""The first page: what is due, how ready the scope is, what comes next."""
