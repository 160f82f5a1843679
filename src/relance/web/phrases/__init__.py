"""Codes and values turned into sentences."""
