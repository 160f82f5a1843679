"""Positions: the list, one of them with its angles and its people, closing it."""
