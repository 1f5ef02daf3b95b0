# SPDX-License-Identifier: BSD-2-Clause
"""Slots of a board with a monitor: Linux says through it that its boot is a good one, and has a boot image
put into the other slot, which the loader verifies. It reaches neither slots nor boot state by itself.

One machine, one test after the other: each boot is by what the one before has left.
"""
import hashlib
from signal import SIGBUS

import pytest

from board import MAP, TOP, loader_file
from boards.slots import CONFIRMED, TRIED, newest
from conftest import Rack, assert_clean
from control import Control
from firmware import PROGRAM_SIZE, peer
from its import Image
from machine import Linux, make_flash
from ramdisk import add_files
from roles import Link, linux_and_peers
from slotted import damage
from system import CORES, small
from test_life import UP

pytestmark = [pytest.mark.needs("monitor", "slots", "signature"), pytest.mark.port]

STATE, CONFIRM, UPDATE = 0x83000010, 0x83000011, 0x83000012
OK, DENIED = 0, -3
SYSFS = "/sys/firmware/peerboot"
VERSION = 4
KEYS = TOP / "keys/development"
A, B = 0, 1
ENTERS = r" enter +OK .*$"


NEW, OLD, DAMAGED = "/new.itb", "/old.itb", "/damaged.itb"


def sign(s, version):
    s.sign(by="development", version=version, algo="sha256,rsa2048")
    return s.write("-k", KEYS)


def without_linux(folder, version):
    """Boots in no time, and need not do anything then."""
    s = small(folder)
    s.images["p"] = Image(peer(MAP["PEER_C_BASE"]))
    s.contexts["p"] = {"cpus": CORES["c"], "memory": (MAP["PEER_C_BASE"], PROGRAM_SIZE), "image": "p"}
    return sign(s, version)


def updates(folder):
    """{name in Linux's file system: bytes}"""
    made = {NEW: without_linux(folder / "new", VERSION + 1), OLD: without_linux(folder / "old", VERSION - 1),
            DAMAGED: damage(without_linux(folder / "damaged", VERSION + 1))}
    return {name: path.read_bytes() for name, path in made.items()}


@pytest.fixture(scope="module")
def flash(tmp_path_factory, build):
    """Slot A has Linux, which may reset the board and has boot images for slot B; b, and c, which may
    nothing. Slot B is empty."""
    folder = tmp_path_factory.mktemp("slots")
    s = linux_and_peers(folder, build, [Link(("linux", "b"), "master"), Link(("linux", "c"), "master")])
    add_files(s, {name.strip("/"): data for name, data in updates(folder).items()})
    s.contexts["linux"] |= {"controls-power": True, "controls-slots": True}
    s.contexts["b"] |= {"secure": True, "controls-slots": True}
    path = make_flash(folder, loader_file("full"), sign(s, VERSION))
    yield path
    path.unlink()


@pytest.fixture(scope="module")
def start(tmp_path_factory, environment, erased_bank, flash):
    with Rack(tmp_path_factory.mktemp("monitor"), environment, erased_bank) as rack:
        yield lambda: rack.start(loader="full", kept=flash)


@pytest.fixture(scope="module")
def machine(start):
    return start()


@pytest.fixture(scope="module")
def linux(machine):
    return Linux(machine)


def state(flash):
    with flash.open("rb") as file:
        file.seek(MAP["STATE_BASE"] - MAP["FLASH_BASE"])
        return newest(file.read(2 * MAP["FLASH_SECTOR_SIZE"]), MAP["FLASH_SECTOR_SIZE"])


def call(linux, peer, function):
    return int(Control(linux, peer).ask(f"smc {function:#x}"))


def test_confirm(linux, flash):
    before = state(flash)
    assert (before.booted, before.status, before.tries) == (A, (TRIED, TRIED), (2, 3))
    assert linux.run(f"cd {SYSFS} && cat booted confirm minimum") == ["a", "0", "0"]
    linux.run(f"echo 1 >{SYSFS}/confirm")
    after = state(flash)
    assert (after.preferred, after.status, after.minimum) == (A, (CONFIRMED, TRIED), VERSION)
    assert after.sequence == before.sequence + 1
    assert linux.run(f"cd {SYSFS} && cat booted confirm minimum") == ["a", "1", str(VERSION)]
    linux.run(f"echo 1 >{SYSFS}/confirm")
    assert call(linux, "b", CONFIRM) == OK
    assert state(flash) == after
    assert_clean(linux.run("dmesg"))


def test_whose_it_is_not(linux, flash):
    before = state(flash)
    assert {call(linux, "c", function) for function in (STATE, CONFIRM, UPDATE)} == {DENIED}
    refused = [line for line in linux.run("cat /sys/kernel/debug/peerboot/boot-record")
               if "CALL_REFUSED" in line and "c calls" in line]
    assert len(refused) == 3
    assert state(flash) == before


@pytest.mark.parametrize("at", ["SLOT_A_OFFSET", "SLOT_B_OFFSET", "STATE_BASE"])
def test_linux_as_root_reaches_neither(linux, flash, at):
    before = state(flash)
    for write in "", " 32 0":
        out = linux.run(f"devmem {MAP['FLASH_BASE'] + MAP[at]:#x}{write} 2>&1; echo status $?")
        assert out[-1] == f"status {128 + SIGBUS}"
    assert state(flash) == before


def slot_b(flash, size):
    with flash.open("rb") as file:
        file.seek(MAP["SLOT_B_OFFSET"])
        return file.read(size)


def ask_for(linux, image):
    linux.run(f"cat {image} >{SYSFS}/image && echo 1 >{SYSFS}/update")
    assert linux.one(f"cat {SYSFS}/update") == "1"
    linux.machine.console.sendline("reboot -f")


@pytest.mark.parametrize("image, why", [(DAMAGED, "HASH_WRONG"), (OLD, "ROLLBACK")])
def test_what_does_not_verify_is_refused(machine, linux, flash, image, why):
    """By name, and the slot is not touched; the old one boots, and Linux reads why."""
    ask_for(linux, image)
    machine.until(f"^peerboot: update: {why} ")
    machine.until(UP)
    linux.__init__(machine)
    assert slot_b(flash, 64) == b"\xff" * 64
    record = linux.run("cat /sys/kernel/debug/peerboot/boot-record")
    assert [line for line in record if why in line and "update of slot b refused" in line]
    assert linux.run(f"cd {SYSFS} && cat booted confirm update") == ["a", "1", "0"]
    assert state(flash).status == (CONFIRMED, TRIED)
    assert_clean(linux.run("dmesg"))


def test_an_update(machine, linux, flash, start):
    """It is in slot B, and boots; nobody confirms it, so that in the end the old one is back."""
    new = linux.run(f"sha256sum {NEW}; stat -c %s {NEW}")
    ask_for(linux, NEW)
    machine.until(r"find +OK +slot b written ")
    machine.until(ENTERS)
    assert hashlib.sha256(slot_b(flash, int(new[1]))).hexdigest() == new[0].split()[0]
    now = state(flash)
    assert (now.booted, now.preferred, now.status, now.update) == (B, B, (CONFIRMED, TRIED), 0)
    machine.power.off()
    for slot in "bba":
        again = start()
        t = again.until(ENTERS)
        assert [r.what for r in t.of("find") if r.what.startswith("boot image")] == [f"boot image in slot {slot}"]
        again.power.off()
