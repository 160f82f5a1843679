"""The method as a pure engine: history in, decision out.

No Django, no clock, no randomness, no I/O. Every instant is an aware datetime; every answer is a
code with values, never a sentence.
"""
