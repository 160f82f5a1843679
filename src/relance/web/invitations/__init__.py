"""The daily round of invitations: who accepted, who still waits, which were withdrawn."""
