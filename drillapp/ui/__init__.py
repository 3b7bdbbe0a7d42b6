"""The window: it shows what core answers and sends what the person asks for."""
