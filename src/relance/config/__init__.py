"""Settings, URLs and checks."""
