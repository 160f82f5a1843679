"""Aujourd'hui: the queue on the left page, one person on the right."""
