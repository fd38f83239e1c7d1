"""Python as it is on a window PC: our own code finds no termios, pty, fcntl and no signal that Windows lacks.

Run as a program it is the command `hall` on such a machine. pyserial and the standard library keep what they need;
it is our modules that must do without.
"""

import builtins
import os
import signal
import sys

OURS = frozenset({"hall", "devices", "printers", "displays", "kiosk", "caller"})
LACKS = frozenset({"termios", "tty", "pty", "fcntl", "resource", "grp", "pwd", "posix", "readline", "syslog"})
SIGNALS = ("SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGPIPE", "SIGQUIT", "pthread_kill")
CALLS = ("fork", "openpty", "ttyname", "mkfifo", "setsid", "fchmod", "O_NOCTTY", "O_NONBLOCK")


def pretend():
    """From here on this process is as Windows is to our modules."""
    import subprocess  # noqa: F401 - they are loaded before what they need is taken away
    import tempfile  # noqa: F401

    import serial  # noqa: F401
    import socketio  # noqa: F401

    real = builtins.__import__

    def guarded(name, globals=None, locals=None, fromlist=(), level=0):  # noqa: A002 - as it is called
        importer = (globals or {}).get("__name__", "").partition(".")[0]
        if importer in OURS and not level and name.partition(".")[0] in LACKS:
            raise ImportError(f"No module named {name!r}: this is Windows")
        return real(name, globals, locals, fromlist, level)

    builtins.__import__ = guarded
    for name in SIGNALS:
        delattr(signal, name)
    for name in CALLS:
        delattr(os, name)


if __name__ == "__main__":
    pretend()
    from caller.cli import main
    from devices.registry import families

    for family in families().values():
        family.load_driver()
        family.load_probe()
    print("every driver can be loaded", flush=True)
    sys.exit(main(sys.argv[1:]))
