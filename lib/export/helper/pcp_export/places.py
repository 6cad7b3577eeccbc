"""Where in the user's files something happened, out of tracebacks and graph nodes."""

import os
import re
import sys
import sysconfig

_FRAME = re.compile(r'File "([^"]+)", line (\d+)')
_LIBRARIES = tuple(
    os.path.realpath(path) + os.sep
    for path in {sysconfig.get_paths()["stdlib"], sysconfig.get_paths()["purelib"], sysconfig.get_paths()["platlib"]}
)
_HELPER = os.path.dirname(os.path.dirname(os.path.realpath(__file__))) + os.sep


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
    """The innermost user frame between a running frame and the helper that called the user's code, or None."""
    while frame is not None:
        path = frame.f_code.co_filename
        if is_user_file(path):
            return (path, frame.f_lineno)
        if path.startswith(_HELPER) and frame.f_code.co_name == "capture":
            return None
        frame = frame.f_back
    return None


class recorded:
    """While entered, every graph node that is made remembers the user's line; torch itself keeps lines of forward() only."""

    def __enter__(self):
        from torch.fx.proxy import TracerBase

        self.original = original = TracerBase.create_node

        def create_node(tracer, *args, **kwargs):
            node = original(tracer, *args, **kwargs)
            place = of_frame(sys._getframe(1)) if node.op == "call_function" else None
            if place is not None:
                node.stack_trace = f'File "{place[0]}", line {place[1]}, in forward'
            return node

        TracerBase.create_node = create_node

    def __exit__(self, *_):
        from torch.fx.proxy import TracerBase

        TracerBase.create_node = self.original


def of_function(function):
    """Where a function or method is defined, or None."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return (code.co_filename, code.co_firstlineno) if code is not None and is_user_file(code.co_filename) else None


def of_text(text):
    """The last frame of a printed stack that lies in a user's file, or None."""
    found = [(path, int(line)) for path, line in _FRAME.findall(text or "") if is_user_file(path)]
    return found[-1] if found else None


def of_node(node):
    """The user's line that made a graph node, or None."""
    return of_text(node.meta.get("stack_trace"))
