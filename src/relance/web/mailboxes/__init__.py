"""Connecting mailboxes, and how they do."""
