# SPDX-License-Identifier: BSD-2-Clause
"""The demo's Linux, or a peer, says that its boot is a good one, and the loader takes it at its word."""
import pytest

from board import MAP, SETTINGS
from boards.slots import CONFIRMED, SECTORS, TRIED, newest
from conftest import assert_clean
from control import Control
from machine import Linux, make_flash
from system import with_linux

pytestmark = pytest.mark.needs("slots", "signature")

SYSFS = "/sys/firmware/peerboot"
VERSION = 4
# Where the state is on the medium that keeps it: a bank of flash, or the card with the slots.
ON_CARD = "STATE_OFFSET" in MAP
STATE = MAP.get("STATE_OFFSET", 0)


@pytest.fixture
def fit(build, tmp_path):
    s = with_linux(tmp_path, build, {"b": ("master", "remote"), "c": ("master", "remote")})
    s.sign(version=VERSION)
    return s.write("-k", build / "test/fixtures/keys", "-E")


@pytest.fixture
def kept(fit, tmp_path):
    """The loader knows of no boot before. Slot A is empty."""
    if ON_CARD:
        path = make_flash(tmp_path, "none", slot_b=fit)
    else:
        path = tmp_path / "bank1.img"
        path.write_bytes(b"\xff" * MAP["FLASH_SIZE"])
    yield path
    path.unlink()


@pytest.fixture
def start(machine, fit, kept):
    if ON_CARD:
        return lambda: machine(loader="test", kept=kept)
    return lambda: machine(slot_b=fit, loader="test", bank1=kept, written=[kept])


def state(kept):
    return newest(kept.read_bytes()[STATE:], MAP["FLASH_SECTOR_SIZE"])


def load_drivers(linux):
    """Of the card, which a distribution's udev does: until then there is nothing to be asked."""
    if ON_CARD:
        assert "No such device" in linux.one(f"cat {SYSFS}/booted 2>&1 || true")
        linux.run(f"modprobe -a {SETTINGS['BOARD_MODULES']}")
        linux.run(f"for i in $(seq 100); do cat {SYSFS}/booted >/dev/null 2>&1 && break; sleep 0.1; done")


def assert_only_the_card_counts(linux, kept):
    """Neither what Linux still has of a card that has lost a write, while somebody keeps it open, nor what
    else is at its place in /dev."""
    [disk] = linux.run("ls /dev/mmcblk?")
    length = SECTORS * MAP["FLASH_SECTOR_SIZE"]
    before = kept.read_bytes()[STATE:STATE + length]
    holder = linux.one(f"sleep 1000 <{disk} >/dev/null 2>&1 & echo $!")
    linux.run(f"echo 1 >{SYSFS}/confirm")
    assert state(kept).status[1] == CONFIRMED
    with kept.open("r+b") as card:
        card.seek(STATE)
        card.write(before)
    assert linux.one(f"cat {SYSFS}/confirm") == "0"
    linux.run(f"kill {holder}")

    linux.run(f"mv {disk} {disk}.away")
    for sector in range(SECTORS):
        at = (STATE + sector * MAP["FLASH_SECTOR_SIZE"]) // 4096
        linux.run(f"dd if={disk}.away of={disk} bs=4096 skip={at} seek={at} count=1 conv=notrunc 2>/dev/null")
    assert "No such device" in linux.one(f"cat {SYSFS}/booted 2>&1 || true")
    linux.run(f"! echo 1 >{SYSFS}/confirm")
    linux.run(f"mv {disk}.away {disk}")


def assert_confirmed(before, after):
    assert (after.preferred, after.booted, after.status) == (1, 1, (TRIED, CONFIRMED))
    assert after.minimum == VERSION and after.sequence == before.sequence + 1


@pytest.mark.port
def test_confirm(start, kept):
    m = start()
    linux = Linux(m)
    load_drivers(linux)
    assert linux.one(f"cat {SYSFS}/booted") == "b"
    assert linux.one(f"cat {SYSFS}/confirm") == linux.one(f"cat {SYSFS}/minimum") == "0"
    before = state(kept)
    assert (before.booted, before.status, before.minimum) == (1, (TRIED, TRIED), 0)
    modes = linux.run(f"cd {SYSFS} && stat -c %a booted minimum confirm")
    assert modes == (["400", "400", "600"] if ON_CARD else ["444", "444", "600"])

    linux.run(f"! echo 0 >{SYSFS}/confirm")
    if ON_CARD:
        assert_only_the_card_counts(linux, kept)
    assert state(kept) == before
    linux.run(f"echo 1 >{SYSFS}/confirm")
    after = state(kept)
    assert_confirmed(before, after)
    assert linux.one(f"cat {SYSFS}/confirm") == "1"
    assert linux.one(f"cat {SYSFS}/minimum") == str(VERSION)

    # Once more costs nothing; without the module there is nothing to confirm.
    linux.run(f"echo 1 >{SYSFS}/confirm")
    assert state(kept) == after
    in_memory = "peerboot slot state" in "\n".join(linux.run("cat /proc/iomem"))
    assert in_memory != ON_CARD
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
    assert state(kept) == after


@pytest.mark.needs("cfi_intel")
def test_a_peer_confirms(start, kept):
    """One that Linux asks here; Linux then sees what it has done."""
    linux = Linux(start())
    before = state(kept)
    b = Control(linux, "b")
    b.wait_for_links(1)
    assert b.ask("confirm") == "ok"
    after = state(kept)
    assert_confirmed(before, after)
    assert linux.one(f"cat {SYSFS}/confirm") == "1"
    assert b.ask("confirm") == "ok"
    assert state(kept) == after


@pytest.mark.needs("cfi_intel")
def test_booted_from_memory(start, kept):
    """What the state has as booted last is then another one. A boot image with Linux is long on a serial
    line: what the record would say is written into it."""
    linux = Linux(start())
    before = state(kept)
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
    assert state(kept) == before and before.status == (TRIED, TRIED)
    assert_clean(linux.run("dmesg"))
