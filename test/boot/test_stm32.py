# SPDX-License-Identifier: BSD-2-Clause
"""Ordinary firmware that drivers of the stock kernel attach to, with no module of ours."""
import re

import pytest

from board import TOP
from conftest import Rack, assert_clean
from machine import Linux
from stm32 import SPIS, load_modules, shell, with_linux

pytestmark = [pytest.mark.needs("stm32")]


@pytest.fixture(scope="module")
def linux(tmp_path_factory, environment, erased_bank, build):
    """Modules of Debian's alone, as udev would load them."""
    folder = tmp_path_factory.mktemp("stm32")
    with Rack(folder, environment, erased_bank) as rack:
        s = with_linux(folder, build)
        s.sign("development", algo="sha256,rsa2048")
        linux = Linux(rack.start(s.write("-k", TOP / "keys/development"), loader="full"))
        linux.run("rmmod peerboot")
        load_modules(linux)
        yield linux
        log = linux.run("dmesg")
        assert_clean(log)
        assert not [line for line in log if "kick: failed" in line]


def test_attached(linux):
    for peer in SPIS:
        shell(linux, f"becomes {peer} attached")
    assert not [line for line in linux.run("lsmod") if "peerboot" in line]


def test_echo(linux):
    for peer in SPIS:
        shell(linux, f"echoes {peer}")


def test_both_at_once(linux):
    shell(linux, "echoes b & echoes c && wait $!")


def test_both_lines_ring(linux):
    """Of each mailbox: that there are messages, and that Linux's have been taken."""
    counts = [sum(map(int, line.split()[1:3])) for line in linux.run("grep mailbox /proc/interrupts")]
    assert len(counts) == 4 and all(counts)


def test_detached_and_attached_again(linux):
    """Its table is as it was before; the firmware follows the status."""
    for _ in range(2):
        shell(linux, "echo detach >$(remote b)/state; becomes b detached")
        shell(linux, "echo start >$(remote b)/state; becomes b attached; echoes b")
    shell(linux, "echoes c")


def test_unbound_and_bound_again(linux):
    """The driver stops what it leaves, or thinks so: the firmware says that it runs again."""
    driver = "/sys/bus/platform/drivers/stm32-rproc"
    shell(linux, f"echo link-b:bus:b >{driver}/unbind; usleep 300000; echo link-b:bus:b >{driver}/bind; "
          "becomes b attached; echoes b")
    shell(linux, "echoes c")


def test_crash_is_told_by_the_watchdog(linux):
    """The last of them: what has crashed stays so, for Linux has no firmware to start it with."""
    shell(linux, "echo disabled >$(remote c)/recovery; echo 'classic: crash' >$(terminal c); becomes c crashed")
    assert [line for line in linux.run("dmesg") if re.search(r"crash detected in c: type watchdog", line)]
    shell(linux, "echoes b")
