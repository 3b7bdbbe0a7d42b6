"""How facts are stored: engine and keys, mapped base and column types, migrations, backup, integrity."""
