"""Mail as it travels: composed, threaded, sent, fetched and understood. No table, no clock, no settings."""
