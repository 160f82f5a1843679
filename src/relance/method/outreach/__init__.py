"""Attempts to get an answer: their facts, their permits and the one current decision of each."""
