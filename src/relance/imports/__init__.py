"""Reads what the recruiter already has: pure readers, a temporary area, one loader."""
