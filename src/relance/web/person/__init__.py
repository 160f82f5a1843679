"""One person: what is known, what was said, what comes next."""
