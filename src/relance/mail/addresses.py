"""A mail address as servers take it."""


class BadAddress(ValueError):
    """An address that no message can be sent to."""


def on_the_wire(address: str) -> str:
    """The address in ASCII: its domain as IDNA writes it (RFC 5890). Raises BadAddress.

    Accents before the @ would need SMTPUTF8 (RFC 6531) at every server on the way: where they are met, they
    are a mistyped address.
    """
    if address.isascii():
        return address
    local, at, domain = address.rpartition("@")
    try:
        written = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise BadAddress(address) from error
    if not at or not local.isascii():
        raise BadAddress(address)
    return f"{local}@{written}"
