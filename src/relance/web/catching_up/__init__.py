"""Catching up: why one might write to somebody again, each reason taken up or left."""
