"""Becomes the program that its arguments name; on Linux that program ends when the parent does, however that ends."""

import os
import signal
import sys


def main():
    parent, path = int(sys.argv[1]), sys.argv[2]
    if sys.platform == "linux":
        import ctypes

        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        # The parent may have ended before that was set.
        if os.getppid() != parent:
            sys.exit(1)
    try:
        os.execv(path, [path, *sys.argv[3:]])
    except OSError:
        sys.exit(126)


main()
