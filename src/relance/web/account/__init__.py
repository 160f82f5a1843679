"""What a member says of themself, and what nobody can set."""
