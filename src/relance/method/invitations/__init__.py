"""The daily round of invitations: what a recruiter said LinkedIn shows of each."""
