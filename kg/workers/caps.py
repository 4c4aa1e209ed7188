"""What the system lets a worker process do: so much memory, no network, no core dump, no life after its parent."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def settle_in() -> None:
    """Leave the network where the system permits it, dump no core, and end with the parent.

    That no query reaches out is made sure of before one is run; this is the second wall.
    """
    if not sys.platform.startswith("linux"):
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        if libc.unshare(_CLONE_NEWNET):
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def cap_memory(megabytes: int) -> None:
    """Let the process take `megabytes` more than it has now; what asks for more is ended by the system.

    Only Linux says how much a process has; elsewhere nothing is capped.
    """
    if not sys.platform.startswith("linux"):
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
