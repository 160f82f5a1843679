"""How a message leaves: the channels' links."""
