# SPDX-License-Identifier: BSD-2-Clause
"""A loader that has the board's own watchdog, of two seconds."""
import pytest

from board import loader_file
from conftest import END
from gdb import started_by_gdb
from system import bare

pytestmark = pytest.mark.needs("imx_wdog")

RESET = r"^peerboot: \[ *\d+\] 0 reset +OK .*\n"


def test_hang(machine, tmp_path):
    """For ever, in planning: the board is reset, and boots."""
    gdb = started_by_gdb(loader_file("watchdog", "elf"), "break *stage_plan", "continue",
                         "set {unsigned short}$pc = 0xe7fe", "detach")  # a branch to itself, in Thumb
    m = machine(bare(tmp_path).write(), loader="watchdog", **gdb)
    t = m.until(RESET)
    assert not t.of("plan")
    t = m.until(END)
    assert len(t.of("reset")) == 2 and t.of("enter") and not t.errors


def test_fed_while_nobody_sends(machine):
    """The loader asks for a boot image again and again, for longer than that."""
    m = machine(loader="watchdog")
    m.until(END)
    m.power.send(b"r")
    t = m.until("C.*C.*C.*C")
    assert len(t.of("reset")) == 1
