# SPDX-License-Identifier: BSD-2-Clause
"""Slots of a board with a monitor: Linux says through it that its boot is a good one, and reaches neither
slots nor boot state by itself."""
import pytest

from board import MAP, TOP
from boards.slots import CONFIRMED, TRIED, newest
from conftest import Rack, assert_clean
from control import Control
from machine import Linux, make_flash
from board import loader_file
from roles import Link, linux_and_peers

pytestmark = [pytest.mark.needs("monitor", "slots", "signature"), pytest.mark.port]

STATE, CONFIRM = 0x83000010, 0x83000011
OK, DENIED = 0, -3
SYSFS = "/sys/firmware/peerboot"
VERSION = 4
KEYS = TOP / "keys/development"
A, B = 0, 1


def system(folder, build):
    """Linux, which may reset the board, b, and c, which has no right to anything."""
    folder.mkdir()
    s = linux_and_peers(folder, build, [Link(("linux", "b"), "master"), Link(("linux", "c"), "master")])
    s.contexts["linux"] |= {"controls-power": True, "controls-slots": True}
    s.contexts["b"] |= {"secure": True, "controls-slots": True}
    return s


def write(s, version=VERSION):
    s.sign(by="development", version=version, algo="sha256,rsa2048")
    return s.write("-k", KEYS)


@pytest.fixture(scope="module")
def flash(tmp_path_factory, build):
    folder = tmp_path_factory.mktemp("slots")
    path = make_flash(folder, loader_file("full"), write(system(folder / "a", build)))
    yield path
    path.unlink()


@pytest.fixture(scope="module")
def machine(tmp_path_factory, environment, erased_bank, flash):
    with Rack(tmp_path_factory.mktemp("monitor"), environment, erased_bank) as rack:
        yield rack.start(loader="full", kept=flash)


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
    assert call(linux, "c", STATE) == call(linux, "c", CONFIRM) == DENIED
    refused = [line for line in linux.run("cat /sys/kernel/debug/peerboot/boot-record")
               if "CALL_REFUSED" in line and "c calls" in line]
    assert len(refused) == 2
    assert state(flash) == before
