"""Trames: every text by situation and step on the left, one of them on the right."""
