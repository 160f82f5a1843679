"""The inbox: answers to sort, and what else there is to know."""
