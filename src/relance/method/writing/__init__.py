"""The texts: the syntax of templates, the checks before sending and the starter templates."""
