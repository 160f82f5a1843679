"""The page of a person: what passed, what comes next, what is known of them."""
