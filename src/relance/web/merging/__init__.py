"""Two sheets that may be one person."""
