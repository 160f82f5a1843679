"""Relance, the follow-up desk for tech recruiters."""

__version__ = "0.1.0"
