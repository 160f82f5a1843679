"""Work for more hands, in a module of its own: processes that are spawned find it by its name."""

import os
from multiprocessing import parent_process


def doubled(number: int) -> int:
    """What any process answers."""
    return 2 * number


def doubled_here_alone(number: int) -> int:
    """What ends any process but the one that asks."""
    if parent_process() is not None:
        os._exit(3)
    return 2 * number


def who_does_it(_number: int) -> int:
    """The process that does it."""
    return os.getpid()
