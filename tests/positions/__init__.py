"""Positions, what is told of them, and closing them."""
