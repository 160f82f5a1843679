"""What the desk remembers and does with it: one room per word of the method."""
