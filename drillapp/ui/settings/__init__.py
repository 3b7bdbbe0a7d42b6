"""The office, this window, backups, rules and fonts."""
