"""Two folders change places in one step, where the operating system has such a step."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD
_LINUX_EXCHANGE = 2  # RENAME_EXCHANGE
_MAC_SWAP = 2  # RENAME_SWAP
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOTTY}


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one file system change places at once; return False if it cannot.

    Raises `OSError` if the system can, but refuses: `EBUSY` and `EXDEV` where one is a mount point.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            done = system.renamex_np(*names, ctypes.c_uint(_MAC_SWAP))
        else:
            done = system.renameat2(
                _HERE, names[0], _HERE, names[1], ctypes.c_uint(_LINUX_EXCHANGE)
            )
    except (AttributeError, OSError, TypeError):  # no such call here
        return False
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))
