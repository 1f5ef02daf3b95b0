# SPDX-License-Identifier: BSD-2-Clause
"""examples/sensor, as docs/channel.md says: built from what `make install` has put somewhere, wherever that is by
then, and from nothing else; and read on Linux."""
import gzip
import os
import re
import shutil
import stat
import subprocess

import pytest

from board import LINUX, TOP
from conftest import Rack, assert_clean
from machine import Linux
from ramdisk import mkinitramfs

# What its files are for.
pytestmark = pytest.mark.needs("armv7-a", "pl011")

READINGS = [f"{20 + n} degrees" for n in range(10)]


def with_file(ramdisk, name, data):
    more = mkinitramfs().Archive()
    more.add(name, stat.S_IFREG | 0o755, data)
    return ramdisk + gzip.compress(more.pack(), 1)


def make(*arguments):
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(["make", *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert not done.returncode, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sensor")
    make("-C", TOP, "install-board", f"DESTDIR={folder}", "PREFIX=/usr")
    make("-C", TOP, "install-tool", f"DESTDIR={folder}", "PREFIX=/usr")
    (folder / "usr").rename(folder / "elsewhere")
    shutil.copytree(TOP / "examples/sensor", folder / "mine")
    arguments = ["-C", folder / "mine", f"PREFIX={folder}/elsewhere"]
    make(*arguments, "reader")
    ramdisk = (LINUX / "initramfs.cpio.gz").read_bytes()
    (folder / "ramdisk").write_bytes(with_file(ramdisk, "bin/reader", (folder / "mine/reader").read_bytes()))
    output = make(*arguments, f"KERNEL={LINUX.resolve()}/zImage", f"INITRAMFS={folder}/ramdisk")
    assert str(TOP) not in re.sub(re.escape(str(LINUX.resolve())), "", output)
    return folder / "mine"


@pytest.fixture(scope="module")
def linux(tmp_path_factory, example, environment, erased_bank):
    with Rack(tmp_path_factory.mktemp("flash"), environment, erased_bank) as rack:
        linux = Linux(rack.start(kept=example / "flash.img"))
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


def test_the_module_anew(linux):
    """Linux' end goes and comes; the sensor announces its channel to it again."""
    linux.run("rmmod peerboot; modprobe peerboot")
    wait_for_channel(linux)
    assert linux.run("reader") == READINGS
