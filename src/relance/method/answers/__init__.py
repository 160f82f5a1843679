"""What comes in: mails matched to people, recorded as facts, and sorted by the recruiter."""
