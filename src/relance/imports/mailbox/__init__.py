"""A mailbox as a source of imports: the last 60 days of what was sent and of what came."""
