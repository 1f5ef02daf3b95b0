# SPDX-License-Identifier: BSD-2-Clause
"""A fault in the loader. No boot image can make one, so gdb does; the loader is as it is shipped."""
import re
import subprocess

import pytest

from board import CROSS, MAP, loader_file
from conftest import END
from gdb import started_by_gdb
from refusal import assert_refused
from system import small

pytestmark = [pytest.mark.needs("armv7-a"), pytest.mark.port]

HOLE = MAP["RAM_BASE"] + MAP["RAM_SIZE"] + 0x1000000  # nothing is mapped there
UDF = "0xe7f0def0"  # undefined in Arm and Thumb state


@pytest.fixture
def faulted(machine, tmp_path, build):
    """faulted(commands…): what is printed when the loader goes on after gdb's commands."""
    def run(*commands):
        gdb = started_by_gdb(loader_file(kind="elf"), *commands, "detach")
        return machine(small(tmp_path).write(), **gdb).until(END)

    return run


@pytest.fixture
def astray(faulted):
    """astray(stop, commands…): stop the loader in a function, send it astray, let it go."""
    def run(stop, *commands):
        t = faulted(f"break {stop}", "continue", "delete", *commands)
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


def assert_in_loader(pc):
    assert MAP["LOADER_BASE"] <= pc < MAP["LOADER_BASE"] + loader_file().stat().st_size


def test_data_abort(astray):
    """A copy from where nothing is."""
    assert_in_loader(astray("memcpy", f"set $r1 = {HOLE:#x}", "set $r2 = 64")[15])


def test_write_to_code(astray):
    """The loader's own is mapped read-only, as is all flash."""
    assert_in_loader(astray("memcpy", f"set $r0 = {MAP['LOADER_BASE'] + 0x2000:#x}", "set $r2 = 64")[15])


@pytest.mark.parametrize("name", sorted(
    {"LOADER_RAM_BASE", "SHARED_BASE", "KERNEL_BASE", "FLASH1_BASE"} & set(MAP)))
def test_not_executable(astray, name):
    """Only the loader's own code is; the stack's guard page is skipped, it faults anyhow."""
    at = MAP[name] + 0x8000
    assert astray("stage_plan", f"set $pc = {at:#x}")[15] == at


def test_stack_overflow(astray):
    """Below the stack lies a page that faults, not somebody's data."""
    registers = astray("*stage_plan", "set $sp = &stack_start", "set $r5 = $sp")
    assert registers[13] == registers[5]


def timer_reads(build):
    """Addresses of all instructions that read the counter, and of those that read its frequency."""
    code = subprocess.run([f"{CROSS}objdump", "-d", loader_file(kind="elf")], check=True,
                          capture_output=True, text=True).stdout
    found = re.findall(r"^ *([0-9a-f]+):\t[0-9a-f ]+\t(?:mrrc\t15, 1, \w+, \w+, cr14|"
                       r"mrc\t15, 0, \w+, cr14, cr0, \{0\})", code, re.M)
    assert len(found) >= 2
    return [int(at, 16) for at in found]


def assert_sentence_is_out(transcript):
    """It does not wait for what may fault as well, and the end is the usual one."""
    [error] = transcript.errors
    assert error.name == "EXCEPTION"
    [sentence] = [n for n, line in enumerate(transcript.lines) if "error EXCEPTION" in line]
    assert transcript.lines[sentence + 1:] and transcript.lines[-1] == "peerboot: stopped"
    return transcript.lines[sentence]


@pytest.mark.needs("generic_timer")
def test_without_a_timer(faulted, build):
    """The very first record reads it; so does the one of the fault."""
    reads = timer_reads(build)
    t = faulted(*(f"set {{unsigned}}{at:#x} = {UDF}" for at in reads))
    at = int(re.search(r"undefined instruction at (0x[0-9a-f]{8})", assert_sentence_is_out(t))[1], 0)
    assert at in reads
    assert t.errors[0].stage == "reset"
    assert not t.records


def test_without_the_records_memory(faulted):
    """At its first page a write faults. The page is in the MiB that is mapped by pages."""
    page = (MAP["RECORD_BASE"] >> 12) & 0xff
    t = faulted("break *boot_main", "continue", "delete", f"set ((unsigned *)&mmu_table)[4096 + {page}] = 0")
    at = re.search(r"fault address (0x[0-9a-f]{8})", assert_sentence_is_out(t))[1]
    assert int(at, 0) >> 12 == MAP["RECORD_BASE"] >> 12
    assert not t.records


@pytest.mark.parametrize("where", ["*reset_stacks + 34", "*memory_start", "*boot_main"])
def test_before_the_console(faulted, where):
    """MMU off, or .bss not cleared, or a UART that nobody has set up."""
    t = faulted(f"break {where}", "continue", "delete", f"set {{unsigned}}$pc = {UDF}")
    at = re.search(r"undefined instruction at (0x[0-9a-f]{8})", assert_sentence_is_out(t))[1]
    assert_in_loader(int(at, 0))
    assert [(r.stage, r.result) for r in t.records] == [("reset", "EXCEPTION")]
