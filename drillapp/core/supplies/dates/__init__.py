"""When supplies expire: what is due, what to use first, what a drill could use before it is lost."""
