"""Runs a program on a terminal of its own for some seconds, ends it with Ctrl-C, and prints all that it wrote.

Usage: on_terminal.py COLUMNS SECONDS PROGRAM ARGUMENT..
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


def main(columns, seconds, *line):
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(columns), 0, 0))
        os.execv(line[0], line)
    end = time.monotonic() + float(seconds)
    while True:
        if end and time.monotonic() > end:
            os.kill(process, signal.SIGINT)
            end = None
        if terminal in select.select([terminal], [], [], 0.1)[0]:
            try:
                written = os.read(terminal, 1 << 16)
            except OSError:
                written = b""
            if not written:
                break
            sys.stdout.buffer.write(written)
    os.waitpid(process, 0)


main(*sys.argv[1:])
