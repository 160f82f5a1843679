"""The secrets of mailboxes, after a change of the vault's key."""

from relance.accounts.vault import locked_anew
from relance.method.delivery.models import Mailbox

AT_ONCE = 200


def lock_mailboxes_anew() -> int:
    """Lock their secrets with the key of today; returns how many were locked otherwise."""
    count, last = 0, 0
    rows = Mailbox.objects.exclude(secret="").order_by("pk")
    while page := list(rows.filter(pk__gt=last).values_list("pk", "secret")[:AT_ONCE]):
        for pk, secret in page:
            fresh = locked_anew(secret)
            if fresh != secret:  # unless the member gave another meanwhile
                count += Mailbox.objects.filter(pk=pk, secret=secret).update(secret=fresh)
        last = page[-1][0]
    return count
