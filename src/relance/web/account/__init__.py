"""Réglages: the member, the firm, the way in, and what cannot be set."""
