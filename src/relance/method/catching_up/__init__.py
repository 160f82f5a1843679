"""Catching up: the reasons found or given, each until it is taken up or left."""
