"""The demonstration: forty invented people, placed around the day on which it is opened."""
