"""Applications: whom to reach, and a courteous no to the others."""
