"""Bienvenue: an archive given, read, sorted into groups, and whom to keep chosen."""
