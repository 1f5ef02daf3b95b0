# SPDX-License-Identifier: BSD-2-Clause
"""A fault in the loader on 64-bit cores, which report it on a stack of its own: test_exception.py has how."""
import re

import pytest

from board import MAP, VARIANTS, loader_file
from conftest import END
from gdb import started_by_gdb
from refusal import assert_refused
from system import small

pytestmark = [pytest.mark.needs("armv8-a", "cfi_intel"), pytest.mark.port]

HOLE = 0x30000000  # nothing is mapped there
UDF = "0"  # undefined
SENTENCE = re.compile(r"error EXCEPTION \(-\d+\) in \w+: (.*) at (0x[0-9a-f]+), fault address (0x[0-9a-f]+), ")


@pytest.fixture
def faulted(machine, tmp_path, build):
    """faulted(commands…): what is printed when the loader goes on after gdb's commands."""
    def run(*commands, **options):
        gdb = started_by_gdb(loader_file(kind="elf"), *commands, "detach")
        return machine(small(tmp_path).write(), **gdb, **options).until(END)

    return run


@pytest.fixture
def astray(faulted):
    """astray(stop, commands…): stop the loader in a function, send it astray, let it go. What happened,
    where, the address that it was about; x0 to x30 and sp."""
    def run(stop, *commands, **options):
        t = faulted(f"break {stop}", "continue", "delete", *commands, **options)
        assert_refused(t, "EXCEPTION")
        rows = re.findall(r"^peerboot: x(\d+) +" + " ".join(["([0-9a-f]{16})"] * 4), t.text, re.M)
        assert [int(row[0]) for row in rows] == list(range(0, 32, 4))
        what, at, address = SENTENCE.search(t.text).groups()
        return what, int(at, 0), int(address, 0), [int(word, 16) for row in rows for word in row[1:]]

    return run


def test_prefetch_abort(astray):
    assert astray("stage_plan", f"set $pc = {HOLE:#x}")[:3] == ("prefetch abort", HOLE, HOLE)


@pytest.mark.needs("hyp")
def test_prefetch_abort_at_el2(astray):
    """Whose registers are others."""
    assert astray("stage_plan", f"set $pc = {HOLE:#x}", model=VARIANTS["hyp"])[:3] == \
        ("prefetch abort", HOLE, HOLE)


@pytest.mark.needs("hyp")
def test_serrors_are_taken_at_el2(astray):
    """As HCR_EL2.AMO has it: else they would wait there for Linux. QEMU makes none."""
    astray("stage_plan", f"set $pc = $HCR_EL2 & 0x20 ? {HOLE:#x} : $pc", model=VARIANTS["hyp"])


@pytest.mark.needs("monitor")
def test_at_el3(astray):
    """Where a board with a monitor begins. SErrors are taken there, as SCR_EL3.EA has it: QEMU makes none."""
    assert astray("stage_plan", f"set $pc = $SCR_EL3 & 0x8 ? {HOLE:#x} : $pc")[:3] == ("prefetch abort", HOLE, HOLE)


def test_undefined_instruction(astray):
    what, at, _, x = astray("*stage_plan", f"set {{unsigned}}$pc = {UDF}", "set $x21 = $pc")
    assert (what, at) == ("undefined instruction", x[21])


def test_data_abort(astray):
    """A copy from where nothing is."""
    what, at, address, _ = astray("memcpy", f"set $x1 = {HOLE:#x}", "set $x2 = 64")
    assert (what, address) == ("data abort", HOLE) and at < loader_file().stat().st_size


def test_write_to_flash(astray):
    """The loader's own code is mapped read-only, as is all flash."""
    what, _, address, _ = astray("memcpy", "set $x0 = 0x2000", "set $x2 = 64")
    assert (what, address) == ("data abort", 0x2000)


@pytest.mark.parametrize("name", ["LOADER_RAM_BASE", "SHARED_BASE", "KERNEL_BASE", "FLASH1_BASE"])
def test_not_executable(astray, name):
    at = MAP[name] + 0x8000
    assert astray("stage_plan", f"set $pc = {at:#x}")[:3] == ("prefetch abort", at, at)


def test_stack_overflow(astray):
    """Below the stack lies a page that faults, not somebody's data; the report has another stack."""
    what, _, address, x = astray("*stage_plan", "set $sp = &stack_start", "set $x21 = $sp")
    assert what == "data abort" and x[31] <= x[21]
    assert x[21] - 0x1000 <= address < x[21]


@pytest.mark.parametrize("where", ["*memory_start", "*boot_main"])
def test_before_the_console(faulted, where):
    """MMU off, or a UART that nobody has set up."""
    t = faulted(f"break {where}", "continue", "delete", f"set {{unsigned}}$pc = {UDF}")
    assert SENTENCE.search(t.text)[1] == "undefined instruction"
    assert t.lines[-1] == "peerboot: stopped"
