"""What the recruiter already has, read into a temporary area before anything is kept.

A source (an archive, later tables and mailboxes) streams typed rows into one scratch file, the
area (`area.py`), in words that no longer know the source. Readers are pure: no Django, no clock;
what is wrong is a code with values.
"""
