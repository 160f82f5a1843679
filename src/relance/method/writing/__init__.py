"""What is written: templates and checks."""
