"""The `relance` command: thin edges to the same queries and actions as the screens."""
