"""What a command says when it will not go on."""


class Refusal(Exception):
    """A clear sentence for whoever typed the command; nothing was changed. Exit code 2."""
