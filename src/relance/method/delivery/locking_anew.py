"""The secrets of mailboxes, after a change of the vault's key."""

from django.db.models import Q

from relance.accounts.vault import locked_anew
from relance.method.delivery.models import Mailbox

AT_ONCE = 200


def lock_mailboxes_anew() -> int:
    """Lock their secrets with the key of today; returns how many mailboxes had one locked otherwise."""
    count, last = 0, 0
    rows = Mailbox.objects.exclude(Q(secret="") & Q(access="")).order_by("pk")
    while page := list(rows.filter(pk__gt=last).values_list("pk", "secret", "access")[:AT_ONCE]):
        for pk, secret, access in page:
            fresh = (secret and locked_anew(secret), access and locked_anew(access))
            if fresh != (secret, access):  # unless the member gave another meanwhile
                unchanged = Mailbox.objects.filter(pk=pk, secret=secret, access=access)
                count += unchanged.update(secret=fresh[0], access=fresh[1])
        last = page[-1][0]
    return count
