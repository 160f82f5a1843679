"""Cells of a CSV of ours: none of them is a formula."""

A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """What the csv module writes to: it hands each line straight on."""

    def write(self, line: str) -> str:
        return line


def plain(value: str) -> str:
    """A cell that no spreadsheet reads as a formula (OWASP, CSV injection): led by an apostrophe where it would."""
    return f"'{value}" if value.startswith(A_FORMULA) else value
