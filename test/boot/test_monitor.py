# SPDX-License-Identifier: BSD-2-Clause
"""The monitor: each context reaches its own cores only; who is named stops and starts others. test_life.py
has Linux do so, and has it done to Linux."""
import time
from signal import SIGBUS

import pytest

from board import BUILD, MAP, NAME
from conftest import Rack
from control import Control
from machine import Linux

pytestmark = [pytest.mark.needs("monitor"), pytest.mark.port]

LINUX, B, C = range(3)  # contexts, as the demo's manifest has them
STATE, STOP, START = 0x83000001, 0x83000002, 0x83000003
STOPPED, STARTING, RUNNING, STOPPING = range(4)
OK, NOT_SUPPORTED, INVALID, DENIED, ALREADY, PENDING = 0, -1, -2, -3, -4, -5
CPU_ON, AFFINITY_INFO = 0x84000003, 0x84000004


@pytest.fixture(scope="module")
def machine(tmp_path_factory, environment, erased_bank):
    with Rack(tmp_path_factory.mktemp("monitor"), environment, erased_bank) as rack:
        yield rack.start(BUILD / NAME / "demo/boot.itb")


@pytest.fixture(scope="module")
def linux(machine):
    return Linux(machine)


def call(linux, peer, *numbers):
    return int(Control(linux, peer).ask(" ".join(["smc", *map(hex, numbers)])))


def wait_for(linux, peer, context, state):
    for _ in range(100):
        now = call(linux, peer, STATE, context)
        if now == state:
            return
        time.sleep(0.05)
    raise AssertionError(f"state {now}, not {state}")


def test_who_controls_what(linux):
    assert call(linux, "b", STATE, C) == call(linux, "b", STATE, LINUX) == RUNNING
    assert call(linux, "b", STATE, B) == DENIED
    assert call(linux, "b", STATE, 3) == INVALID
    for context in LINUX, B, C:
        assert call(linux, "c", STOP, context) == DENIED
        assert call(linux, "c", START, context) == DENIED
    assert call(linux, "b", 0x83000099) == NOT_SUPPORTED


def refused(linux):
    """What was refused, so far, by the boot record."""
    lines = linux.run("cat /sys/kernel/debug/peerboot/boot-record")
    return sum("monitor" in line and "CALL_REFUSED" in line for line in lines)


def test_each_refusal_has_its_record(linux):
    before = refused(linux)
    assert call(linux, "c", STOP, LINUX) == DENIED
    assert call(linux, "c", CPU_ON, 0, MAP["PEER_C_BASE"]) == DENIED
    assert refused(linux) == before + 2


@pytest.mark.parametrize("what", ["LOADER_RAM_BASE", "MONITOR_BASE", "PRISTINE_BASE", "PEER_B_BASE", "FLASH_BASE",
                                  "SECURE_UART_BASE", "SECURE_GPIO_BASE"])
def test_linux_as_root_reaches_nothing_of_it(linux, what):
    """A word of it: each try ends in an abort of Linux's own program."""
    for write in "", " 32 0":
        out = linux.run(f"devmem {MAP[what]:#x}{write} 2>&1; echo status $?")
        assert out[-1] == f"status {128 + SIGBUS}"
    assert call(linux, "b", STATE, C) == RUNNING


def test_cores_of_others(linux):
    assert call(linux, "c", CPU_ON, 1, MAP["PEER_C_BASE"]) == DENIED
    assert call(linux, "c", CPU_ON, 2, MAP["PEER_C_BASE"]) == DENIED
    assert call(linux, "c", CPU_ON, 7, MAP["PEER_C_BASE"]) == INVALID
    assert call(linux, "c", CPU_ON, 3, MAP["PEER_C_BASE"]) == ALREADY
    assert call(linux, "c", CPU_ON, 3, MAP["KERNEL_BASE"]) == -9
    assert call(linux, "c", AFFINITY_INFO, 3) == 0
    assert call(linux, "c", AFFINITY_INFO, 0) == INVALID


def test_stop_and_start_c(linux):
    c = Control(linux, "c")
    assert c.ask("links")
    assert call(linux, "b", STOP, C) == OK
    wait_for(linux, "b", C, STOPPED)
    assert call(linux, "b", STOP, C) == ALREADY
    assert call(linux, "b", START, C) == OK
    wait_for(linux, "b", C, RUNNING)
    assert call(linux, "b", START, C) == ALREADY
    c.wait_for_links(1)
    assert c.ask("links")
