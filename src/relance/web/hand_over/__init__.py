"""Passation: a refusal explained, what frees the person, and passing them to a colleague."""
