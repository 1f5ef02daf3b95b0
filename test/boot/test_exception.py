# SPDX-License-Identifier: BSD-2-Clause
"""A fault in the loader. No boot image can make one, so gdb does; the loader is as it is shipped."""
import re

import pytest

from conftest import END
from firmware import MAP
from gdb import started_by_gdb
from refusal import assert_refused
from system import small

HOLE = 0x30000000  # nothing is mapped there


@pytest.fixture
def astray(machine, tmp_path, build):
    """astray(stop, commands…): stop the loader in a function, send it astray, let it go."""
    def run(stop, *commands):
        gdb = started_by_gdb(build / "virt/peerboot.elf", f"break {stop}", "continue", "delete",
                             *commands, "detach")
        t = machine(small(tmp_path).write(), **gdb).until(END)
        assert_refused(t, "EXCEPTION")
        rows = re.findall(r"^peerboot: r(\d+) +([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{8}) "
                          r"([0-9a-f]{8})\r?$", t.text, re.M)
        assert [int(row[0]) for row in rows] == [0, 4, 8, 12]
        return [int(word, 16) for row in rows for word in row[1:]]

    return run


def test_prefetch_abort(astray):
    assert astray("stage_plan", f"set $pc = {HOLE:#x}")[15] == HOLE


def test_undefined_instruction(astray):
    """Thumb's UDF in place of the function's first instruction."""
    r = astray("*stage_plan", "set {unsigned short}$pc = 0xde00", "set $r5 = $pc")
    assert r[15] == r[5]


def test_data_abort(astray):
    """A copy from where nothing is."""
    registers = astray("memcpy", f"set $r1 = {HOLE:#x}", "set $r2 = 64")
    assert registers[15] < 0x100000


def test_write_to_flash(astray):
    """The loader's own code is mapped read-only, as is all flash."""
    registers = astray("memcpy", "set $r0 = 0x2000", "set $r2 = 64")
    assert registers[15] < 0x100000


@pytest.mark.parametrize("name", ["LOADER_RAM_BASE", "SHARED_BASE", "KERNEL_BASE", "FLASH1_BASE"])
def test_not_executable(astray, name):
    """Only the loader's own flash is; the stack's guard page is skipped, it faults anyhow."""
    at = MAP[name] + 0x8000
    assert astray("stage_plan", f"set $pc = {at:#x}")[15] == at


def test_stack_overflow(astray):
    """Below the stack lies a page that faults, not somebody's data."""
    registers = astray("*stage_plan", "set $sp = &stack_start", "set $r5 = $sp")
    assert registers[13] == registers[5]
