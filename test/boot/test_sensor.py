# SPDX-License-Identifier: BSD-2-Clause
"""examples/, as docs/channel.md says: built from what `make install` has put somewhere, wherever that is by then, and
from nothing else; read on Linux, and by another firmware."""
import gzip
import os
import re
import shutil
import stat
import subprocess

import pexpect
import pytest

from board import LINUX, TOP
from conftest import Rack, assert_clean
from machine import PATIENCE, Linux
from ramdisk import mkinitramfs

# What its files are for.
pytestmark = pytest.mark.needs("armv7-a", "pl011")

READINGS = [f"{20 + n} degrees" for n in range(10)]


def with_file(ramdisk, name, data):
    more = mkinitramfs().Archive()
    more.add(name, stat.S_IFREG | 0o755, data)
    return ramdisk + gzip.compress(more.pack(), 1)


ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def make(*arguments):
    done = subprocess.run(["make", *arguments], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert not done.returncode, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """With peerboot in elsewhere/, and copies of the examples in mine/."""
    folder = tmp_path_factory.mktemp("examples")
    make("-C", TOP, "install-board", f"DESTDIR={folder}", "PREFIX=/usr")
    make("-C", TOP, "install-tool", f"DESTDIR={folder}", "PREFIX=/usr")
    (folder / "usr").rename(folder / "elsewhere")
    shutil.copytree(TOP / "examples", folder / "mine")
    return folder


def in_place(place, name):
    return ["-C", str(place / "mine" / name), f"PREFIX={place}/elsewhere"]


@pytest.fixture(scope="module")
def example(place):
    arguments = in_place(place, "sensor")
    make(*arguments, "reader")
    ramdisk = (LINUX / "initramfs.cpio.gz").read_bytes()
    (place / "ramdisk").write_bytes(with_file(ramdisk, "bin/reader", (place / "mine/sensor/reader").read_bytes()))
    output = make(*arguments, f"KERNEL={LINUX.resolve()}/zImage", f"INITRAMFS={place}/ramdisk")
    assert "boot.itb: ok" in output and "FIT description" not in output  # mkimage's words, if it succeeds
    assert str(TOP) not in re.sub(re.escape(str(LINUX.resolve())), "", output)
    return place / "mine/sensor"


@pytest.fixture(scope="module")
def linux(tmp_path_factory, example, environment, erased_bank):
    with Rack(tmp_path_factory.mktemp("flash"), environment, erased_bank) as rack:
        linux = Linux(rack.start(kept=example / "boot.img"))
        assert not linux.transcript.errors
        yield linux
        assert_clean(linux.run("dmesg"))


def wait_for_channel(linux):
    linux.run(". /lib/peers.sh; there() { ls -d /sys/bus/rpmsg/devices/*.sensor.*; }; wait_for there")


def test_readings(linux):
    """As often as somebody asks."""
    wait_for_channel(linux)
    for _ in range(2):
        assert linux.run("reader") == READINGS


def test_records_of_firmware_without_the_demos_channels(linux):
    lines = linux.run("records")
    assert "records: sensor has no channel rpmsg-raw: no message is sent to it" in lines
    assert any(line.startswith("sensor: link to linux up") for line in lines)
    assert any(" enter OK " in line for line in lines)


def test_the_module_anew(linux):
    """Linux' end goes and comes; the sensor announces its channel to it again, and a reader waits for that."""
    assert linux.run("rmmod peerboot; sh -c 'modprobe peerboot & reader; wait'") == READINGS


def test_two_peers_without_the_sensor(place):
    """Copied alone, its Makefile says what it wants beside it."""
    shutil.copytree(TOP / "examples/two-peers", place / "alone/two-peers")
    done = subprocess.run(["make", "-C", place / "alone/two-peers", f"PREFIX={place}/elsewhere"], env=ENVIRONMENT,
                          capture_output=True, text=True)
    assert done.returncode and f"{place}/alone/sensor" in done.stderr and "examples/sensor" in done.stderr


def test_two_peers(place):
    """The same sensor, built anew beside its reader, and no Linux; on a terminal, as the page has it."""
    with pexpect.spawn("make", [*in_place(place, "two-peers"), "run"], env=ENVIRONMENT, timeout=PATIENCE,
                       encoding="utf-8") as terminal:
        terminal.expect(r"enter +OK +reader core 0 [^\n]*\n")
        terminal.expect_exact("".join(f"{line}\r\n" for line in READINGS * 2))
        assert terminal.before == ""
        terminal.send("\x01x")
        terminal.expect(pexpect.EOF)
        assert terminal.wait() == 0
