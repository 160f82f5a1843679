"""Who may be written to: identities, marks, the suppression list."""
