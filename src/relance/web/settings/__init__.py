"""The frame of the settings, and the section of the team."""
