"""`python -m relance.cli.attended MODULE ARGUMENTS`: a module run as a program that ends with whoever started it.

Whoever starts it holds the other end of its standard input. Every system closes that end when a process dies, however
it dies, so that nothing stays behind to hold the port.
"""

import os
import runpy
import signal
import sys
import time
from threading import Thread

PATIENCE = 9.0
"""Seconds to finish what is in hand."""


def main() -> None:
    Thread(target=_end_with_starter, daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with_starter() -> None:
    while os.read(0, 1_024):
        pass
    if os.name == "posix":  # elsewhere it would end at once, with nobody told
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    main()
