"""Personnes: everyone the desk knows, and adding somebody by hand."""
