# SPDX-License-Identifier: BSD-2-Clause
"""The demo's Linux says that its boot is a good one, and the loader takes it at its word."""
import pytest

from boards.slots import CONFIRMED, TRIED, newest
from conftest import assert_clean
from firmware import MAP
from machine import Linux
from system import with_linux

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


def test_confirm(machine, fit, tmp_path):
    """Slot A is empty; B boots, and stays."""
    bank = tmp_path / "bank1.img"
    bank.write_bytes(b"\xff" * MAP["FLASH_SIZE"])

    def state():
        return newest(bank.read_bytes(), MAP["FLASH_SECTOR_SIZE"])

    m = machine(slot_b=fit, loader="virt-test", bank1=f"snapshot=off,file={bank}")
    linux = Linux(m)
    assert linux.one(f"cat {SYSFS}/booted") == "b"
    assert linux.one(f"cat {SYSFS}/confirm") == linux.one(f"cat {SYSFS}/minimum") == "0"
    before = state()
    assert (before.booted, before.status, before.minimum) == (1, (TRIED, TRIED), 0)

    linux.run(f"! echo 0 >{SYSFS}/confirm")
    assert state() == before
    linux.run(f"echo 1 >{SYSFS}/confirm")
    after = state()
    assert (after.preferred, after.booted, after.status) == (1, 1, (TRIED, CONFIRMED))
    assert after.minimum == VERSION and after.sequence == before.sequence + 1
    assert linux.one(f"cat {SYSFS}/confirm") == "1"
    assert linux.one(f"cat {SYSFS}/minimum") == str(VERSION)

    # Once more costs nothing; without the module there is nothing to confirm.
    linux.run(f"echo 1 >{SYSFS}/confirm")
    assert state() == after
    assert "peerboot slot state" in "\n".join(linux.run("cat /proc/iomem"))
    linux.run("rmmod peerboot")
    linux.run(f"! test -e {SYSFS}")
    assert_clean(linux.run("dmesg"))
    m.power.off()

    # The loader boots it without a try of A, and without a write.
    m = machine(slot_b=fit, loader="virt-test", bank1=f"snapshot=off,file={bank}")
    t = m.until(r" enter +OK .*$")
    assert [r.what for r in t.of("find") if r.what.startswith("slot b")] == ["slot b confirmed"]
    assert not [r for r in t.records if r.what.startswith("slot-")]
    m.power.off()
    assert state() == after
    bank.unlink()
