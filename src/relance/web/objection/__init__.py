"""No in one tap: the page of the people written to."""
