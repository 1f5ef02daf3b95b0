# SPDX-License-Identifier: BSD-2-Clause
"""gdb starts a machine: it is stopped where a test wants it."""
import socket
import subprocess

from board import MAP

# Where the loader begins, behind whatever starts it: QEMU's own instructions, where it is a kernel.
AT_ENTRY = (f"break *{MAP['LOADER_BASE']:#x}", "continue", "delete")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def started_by_gdb(loader, *commands):
    """Options for machine(): gdb with the loader's symbols does the commands, then leaves."""
    port = free_port()
    command = ["gdb-multiarch", "-nx", "-batch", loader]
    for line in [f"target remote 127.0.0.1:{port}", *commands]:
        command += ["-ex", line]

    def gdb():
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert not done.returncode, done.stderr

    return {"extra": f"-gdb tcp:127.0.0.1:{port}", "start_by": gdb}
