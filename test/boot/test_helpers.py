# SPDX-License-Identifier: BSD-2-Clause
"""Cores that wait help to load."""
import hashlib

import pytest

from board import ARCH, MAP, loader_file
from conftest import END
from firmware import ALIVE, ZEROED, flat, mark_of, witness
from gdb import started_by_gdb
from its import Image
from refusal import assert_refused
from system import PEER_BASE, small

pytestmark = pytest.mark.needs("helpers")

LARGE = 0x30000  # bytes: each such image but one is worth a helper
HELPER = 1       # the lowest core of those that wait
# At the place where a core sleeps that comes too late: it turns in a circle, since gdb can't wake it.
CIRCLE = {"armv7-a": "set {unsigned short}&late_sleep = 0xe7fe", "armv8-a": "set {unsigned int}&late_sleep = 0x14000000"}[ARCH]
SEAT = MAP["RECORD_BASE"] + 0x4000 - 3 * 64  # the first helper's: arch/seat.h
LATE = 1


@pytest.fixture
def system(tmp_path):
    """Two large images, and a context for the core that helps with them."""
    s = small(tmp_path)
    at = MAP["INITRD_BASE"]
    kernel = flat(witness([mark_of(PEER_BASE)], show=[(at, 64), (at + LARGE, 64), (SEAT, 4)], thumb=False))
    s.images["kernel"].data = kernel + bytes(LARGE)
    noise = b"".join(hashlib.sha256(b"%d" % i).digest() for i in range(2 * LARGE // 32))
    s.images["ramdisk"] = Image(b"\x1f\x8b\x08\0" + noise, type="ramdisk")  # as gzip begins
    s.contexts["linux"]["ramdisk"] = "ramdisk"
    s.contexts["p"]["cpus"] = 1 << HELPER
    return s


def helped(t):
    return [r.what for r in t.of("load") if r.core == HELPER]


def assert_boots(t, system):
    """All is in its place, and the core that has helped, or not, is its context's."""
    at, data = MAP["INITRD_BASE"], system.images["ramdisk"].data
    assert t.memory(at) + t.memory(at + LARGE) == data[:64] + data[LARGE:LARGE + 64]
    assert t.of("enter") and not t.errors


def test_waiting_core_loads(boot, system):
    """By turns, as QEMU has it with -icount: the helper has had some."""
    t = boot(system.write(), icount=True)
    assert_boots(t, system)
    assert len(helped(t)) > 1 and helped(t)[0] == f"core {HELPER} helps"
    assert t.marks()[mark_of(PEER_BASE)][0] == ALIVE | ZEROED | HELPER


def test_nobody_is_called_for_small_images(boot, system):
    del system.images["ramdisk"], system.contexts["linux"]["ramdisk"]
    system.images["kernel"].data = flat(witness([mark_of(PEER_BASE)], thumb=False))
    t = boot(system.write(), icount=True)
    assert not helped(t) and t.of("enter")


@pytest.mark.parametrize("image", ["kernel", "ramdisk"])
def test_wrong_hash(boot, system, image):
    """Whoever takes it."""
    fit = system.write()
    data = bytearray(fit.read_bytes())
    data[data.index(bytes(system.images[image].data[:64])) + 70] ^= 1
    fit.write_bytes(data)
    t = boot(fit, icount=True)
    assert_refused(t, "HASH_WRONG")
    assert helped(t)


def test_core_that_comes_too_late(machine, system):
    """It is given up after five seconds. When it comes, it sees that it is too late, and sleeps; its context
    can't be started, which is optional here."""
    system.contexts["p"]["optional"] = True
    gdb = started_by_gdb(loader_file("plain", "elf"), CIRCLE, "break *helper_seat", "continue",
                         "set $pc = &late_sleep", "delete", "break stage_fdt", "continue", "delete", f"thread {HELPER + 1}",
                         "set $pc = &helper_seat", "break *late_sleep", "continue", "detach")
    t = machine(system.write(), **gdb).until(END)
    assert_boots(t, system)
    assert [r.what for r in t.of("load", "CORE_START")] == [f"core {HELPER} does not come"]
    assert [r.what for r in t.of("start", "CORE_START")] == ["p"]
    assert not helped(t) and t.memory(SEAT) == LATE.to_bytes(4, "little")


def test_fault_of_a_helper(machine, system):
    """Is reported as the loader's own are, and nothing is started."""
    gdb = started_by_gdb(loader_file("plain", "elf"), f"break sha256_block_data_order if $_thread == {HELPER + 1}", "continue",
                         "set $pc = 0xfffffff0", "detach")
    assert_refused(machine(system.write(), **gdb).until(END), "EXCEPTION")


def test_core_that_hangs(machine, system):
    """With an image that it has taken: what it may still write is not known, so nothing is started."""
    gdb = started_by_gdb(loader_file("plain", "elf"), CIRCLE,
                         f"break sha256_block_data_order if $_thread == {HELPER + 1}", "continue",
                         "set $pc = &late_sleep", "detach")
    assert_refused(machine(system.write(), **gdb).until(END), "CORE_START")
