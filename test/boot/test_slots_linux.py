# SPDX-License-Identifier: BSD-2-Clause
"""The demo's Linux, or a peer, says that its boot is a good one, and the loader takes it at its word."""
import pytest

from board import MAP
from boards.slots import CONFIRMED, TRIED, newest
from conftest import assert_clean
from control import Control
from machine import Linux
from system import with_linux

pytestmark = pytest.mark.needs("slots", "signature", "cfi_intel")

SYSFS = "/sys/firmware/peerboot"
VERSION = 4


@pytest.fixture
def fit(build, tmp_path):
    s = with_linux(tmp_path, build, {"b": ("master", "remote"), "c": ("master", "remote")})
    s.configuration.update(kernel="kernel", ramdisk="ramdisk", loadables=["b", "c"],
                           version=VERSION)
    s.configuration["signature-1"] = {
        "algo": "sha256,rsa2048", "key-name-hint": "rsa2048",
        "sign-images": ["manifest", "kernel", "ramdisk", "loadables"]}
    return s.write("-k", build / "test/fixtures/keys", "-E")


@pytest.fixture
def bank(tmp_path):
    """Erased: the loader knows of no boot before."""
    path = tmp_path / "bank1.img"
    path.write_bytes(b"\xff" * MAP["FLASH_SIZE"])
    yield path
    path.unlink()


@pytest.fixture
def start(machine, fit, bank):
    """Slot A is empty."""
    return lambda: machine(slot_b=fit, loader="test", bank1=bank, written=[bank])


def state(bank):
    return newest(bank.read_bytes(), MAP["FLASH_SECTOR_SIZE"])


def assert_confirmed(before, after):
    assert (after.preferred, after.booted, after.status) == (1, 1, (TRIED, CONFIRMED))
    assert after.minimum == VERSION and after.sequence == before.sequence + 1


def test_confirm(start, bank):
    m = start()
    linux = Linux(m)
    assert linux.one(f"cat {SYSFS}/booted") == "b"
    assert linux.one(f"cat {SYSFS}/confirm") == linux.one(f"cat {SYSFS}/minimum") == "0"
    before = state(bank)
    assert (before.booted, before.status, before.minimum) == (1, (TRIED, TRIED), 0)

    linux.run(f"! echo 0 >{SYSFS}/confirm")
    assert state(bank) == before
    linux.run(f"echo 1 >{SYSFS}/confirm")
    after = state(bank)
    assert_confirmed(before, after)
    assert linux.one(f"cat {SYSFS}/confirm") == "1"
    assert linux.one(f"cat {SYSFS}/minimum") == str(VERSION)

    # Once more costs nothing; without the module there is nothing to confirm.
    linux.run(f"echo 1 >{SYSFS}/confirm")
    assert state(bank) == after
    assert "peerboot slot state" in "\n".join(linux.run("cat /proc/iomem"))
    linux.run("rmmod peerboot")
    linux.run(f"! test -e {SYSFS}")
    assert_clean(linux.run("dmesg"))
    m.power.off()

    # The loader boots it without a try of A, and without a write.
    m = start()
    t = m.until(r" enter +OK .*$")
    assert [r.what for r in t.of("find") if r.what.startswith("slot b")] == ["slot b confirmed"]
    assert not [r for r in t.records if r.what.startswith("slot-")]
    m.power.off()
    assert state(bank) == after


def test_a_peer_confirms(start, bank):
    """One that Linux asks here; Linux then sees what it has done."""
    linux = Linux(start())
    before = state(bank)
    b = Control(linux, "b")
    b.wait_for_links(1)
    assert b.ask("confirm") == "ok"
    after = state(bank)
    assert_confirmed(before, after)
    assert linux.one(f"cat {SYSFS}/confirm") == "1"
    assert b.ask("confirm") == "ok"
    assert state(bank) == after


def test_booted_from_memory(start, bank):
    """What the state has as booted last is then another one. A boot image with Linux is long on a serial
    line: what the record would say is written into it."""
    linux = Linux(start())
    before = state(bank)
    linux.run("rmmod peerboot")
    found = "boot image in slot b"
    [index] = [i for i, r in enumerate(linux.transcript.records) if r.what == found]
    at = MAP["RECORD_BASE"] + 32 + 64 * index + 36 + found.index("slot b")
    for i, word in enumerate((b"me", b"mo", b"ry")):
        linux.run(f"devmem {at + 2 * i:#x} 16 {int.from_bytes(word, 'little'):#x}")
    linux.run("modprobe peerboot")
    linux.run("grep -q 'boot image in memory$' /sys/kernel/debug/peerboot/boot-record")
    linux.run(f"! test -e {SYSFS}")
    b = Control(linux, "b")
    b.wait_for_links(1)
    assert b.ask("confirm") == "not possible"
    assert state(bank) == before and before.status == (TRIED, TRIED)
    assert_clean(linux.run("dmesg"))


def test_nothing_to_confirm(linux):
    """The demo's loader keeps no state."""
    linux.run(f"! test -e {SYSFS}")
    assert Control(linux, "b").ask("confirm") == "not possible"
