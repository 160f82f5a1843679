"""`python -m relance.worker`: the background work as a process of its own."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relance.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from relance.worker.loop import serve

    serve(clock=timezone.now, once="--once" in sys.argv[1:])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
