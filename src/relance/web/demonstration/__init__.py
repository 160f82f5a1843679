"""La démonstration: opened and removed, each in one gesture."""
