"""The audit trail: who saw, exported or changed what about a person."""
