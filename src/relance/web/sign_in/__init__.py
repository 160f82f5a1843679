"""Coming in: by one-time link, password or passkey."""
