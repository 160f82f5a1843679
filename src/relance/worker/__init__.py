"""The background work: one polite loop over state rows."""
