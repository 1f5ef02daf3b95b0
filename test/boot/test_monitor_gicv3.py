# SPDX-License-Identifier: BSD-2-Clause
"""The monitor on a machine whose GIC is a version 3: of test_life.py what an interrupt controller decides, by the same
loader and boot image."""
import re
import time

import pytest

import test_gicv3
import test_life
from board import MAP, VARIANTS
from conftest import Rack
from control import Control
from test_life import (B_FILE, DYING_MS, GICD, IDLE_SPIS, KILL, LINUX, TO_C, assert_all_is_well, assert_echoes,
                       assert_silenced, booted, die, linux, new_life, order, passing, system,  # noqa: F401
                       wait_for_state, word_by_b)

pytestmark = pytest.mark.needs("monitor", "gicv3")

IROUTER = 0x6000
MESSAGES = 100
CORE_OF_B = 2
SGIS = 16
PENDING_OF_C = MAP["GICR_BASE"] + 3 * 0x20000 + 0x10000 + 0x200  # of its core's own: GICR_ISPENDR0
OTHERS_SGIS = 0x3fff
SYSTEM_REGISTER = 0x18  # class of an exception (ARM DDI 0487, ESR_EL3)


@pytest.fixture(scope="module")
def machine(tmp_path_factory, environment, erased_bank, system):  # noqa: F811
    with Rack(tmp_path_factory.mktemp("gicv3"), environment, erased_bank) as rack:
        yield rack.start(system, model=VARIANTS["gicv3"])


test_linux_has_that_gic = test_gicv3.test_linux_has_that_gic
test_hung_with_interrupts_masked = test_life.test_hung_with_interrupts_masked
test_the_other_one_hung_with_interrupts_masked = test_life.test_the_other_one_hung_with_interrupts_masked
test_hung_until_its_watchdog_bites = test_life.test_hung_until_its_watchdog_bites


def test_interrupts_of_what_has_stopped(linux):  # noqa: F811
    """By b, as Linux's driver keeps others from the distributor. One for any core QEMU does not have."""
    of_c, of_linux, enabled = IDLE_SPIS[:3]
    for spi, core in (of_c, 3), (of_linux, 0), (enabled, 3):
        word_by_b(linux, GICD + IROUTER + 8 * spi, core)
    assert_silenced(linux, of_c, enabled, of_linux, word=word_by_b)


def test_kicks_into_the_secure_world(machine, linux, tmp_path):  # noqa: F811
    """b takes Linux's SGIs: what it does not hear it looks for, so messages come anyway. Two at once are one."""
    device = Control(linux, "b").wait_for_links(1)["b"]

    def echo():
        assert f"sent {MESSAGES} received {MESSAGES} bad 0 " in linux.one(
            f"rpmsg-echo --count {MESSAGES} --window 1 {device}")
    taken = [re.search(r"cpu (\S+) value (\S+)", line).groups()
             for line in machine.power.traced("gicv3_icc_iar1_read", tmp_path / "taken", echo)]
    assert sum(int(core, 16) == CORE_OF_B and int(number, 16) < SGIS for core, number in taken) > MESSAGES / 2


def test_linux_dies(machine, booted, passing):  # noqa: F811
    """One of its cores in the middle of an interrupt, of which nothing is left when b brings it back."""
    passing.goes_on(booted)
    assert Control(booted, "b").ask(f"renew {LINUX} {DYING_MS}") == "0"
    die(machine, booted, KILL + "spin-all", "")
    assert_all_is_well(booted, passing)


test_linux_reboots_itself = test_life.test_linux_reboots_itself
test_no_message_was_lost = test_life.test_no_message_was_lost


def test_kicks_out_of_the_secure_world(linux):  # noqa: F811
    """c, which takes none any more, has b's pending until it is stopped."""
    def pending():
        return word_by_b(linux, PENDING_OF_C) & OTHERS_SGIS

    Control(linux, "c").ask("fault hang")
    Control(linux, "b").ask(f"ping {TO_C} 1")
    for _ in range(100):
        if pending():
            break
        time.sleep(0.05)
    assert pending()
    with new_life(linux):
        assert order(linux, "stop")
        assert not pending()
        assert order(linux, "start")


def test_trap_into_the_monitor(linux):  # noqa: F811
    """b does what is EL3's alone to do: it is stopped, and the record says where, on which core, and what."""
    control = Control(linux, "b").devices("rpmsg_ctrl")["b"]
    linux.run(f"rpmsg-command {control} 1026 trap || true")
    wait_for_state(linux, "detached", B_FILE)
    line = linux.one("grep 'b traps' /sys/kernel/debug/peerboot/boot-record")
    core, code, pc, syndrome = re.search(r"core (\d+) monitor (\S+) address (\S+) size (\S+)", line).groups()
    assert (int(core), code) == (2, "EXCEPTION")
    assert 0 <= int(pc, 16) - MAP["PEER_B_BASE"] < MAP["PEER_B_SIZE"]
    assert int(syndrome, 16) >> 26 == SYSTEM_REGISTER
    with new_life(linux, "b"):
        assert order(linux, "start", B_FILE)
    assert_echoes(linux, "b")
