"""Decide on cases written as JSON."""
