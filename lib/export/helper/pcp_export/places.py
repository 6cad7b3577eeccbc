"""Where in the user's files something happened, out of tracebacks and graph nodes."""

import os
import re
import sysconfig

_FRAME = re.compile(r'File "([^"]+)", line (\d+)')
_LIBRARIES = tuple(
    os.path.realpath(path) + os.sep
    for path in {sysconfig.get_paths()["stdlib"], sysconfig.get_paths()["purelib"], sysconfig.get_paths()["platlib"]}
)
_HELPER = os.path.dirname(os.path.realpath(__file__)) + os.sep


def is_user_file(path):
    """Whether a frame's file is neither Python's, a package's, generated nor ours."""
    if path.startswith("<") or not os.path.exists(path):
        return False
    real = os.path.realpath(path)
    return not real.startswith((*_LIBRARIES, _HELPER)) and os.sep + "site-packages" + os.sep not in real


def of_traceback(traceback):
    """The innermost frame in a user's file, or None."""
    found = None
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if is_user_file(code.co_filename):
            found = (code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def of_frame(frame):
    """The innermost user frame at or above a running frame, or None."""
    while frame is not None:
        if is_user_file(frame.f_code.co_filename):
            return (frame.f_code.co_filename, frame.f_lineno)
        frame = frame.f_back
    return None


def of_text(text):
    """The last frame of a printed stack that lies in a user's file, or None."""
    found = [(path, int(line)) for path, line in _FRAME.findall(text or "") if is_user_file(path)]
    return found[-1] if found else None


def of_node(node):
    """The user's line that made a graph node, or None."""
    return of_text(node.meta.get("stack_trace"))
