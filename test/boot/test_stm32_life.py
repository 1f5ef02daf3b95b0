# SPDX-License-Identifier: BSD-2-Clause
"""Firmware that the kernel's own stm32_rproc, and no module of ours, loads, starts and stops, by calls of the
monitor's; and another Linux as such. The loader has started the firmware first; b, in the Secure world, sees
what becomes of it."""
import re

import pytest

from board import LAYOUT, MAP, NAME, TOP
from conftest import Rack, assert_clean
from control import Control
from its import Image
from machine import Linux
from ramdisk import add_files
from roles import Link, linux_and_peers
from stm32 import IPCC, SPIS, load_modules, registers, shell
from system import SPI
from test_life import UP

pytestmark = [pytest.mark.needs("monitor", "stm32", "second"), pytest.mark.port]

C = 2  # the manifest's
STATE = 0x83000001
STOPPED, RUNNING = 0, 2
CALL, WRITE = 0x82001000, 1
HOLD_BOOT = registers("c") + 4
NOT_SUPPORTED, INVALID, DENIED = -1, -2, -3
# What Linux has in /lib/firmware.
FIRMWARE = {name: f"images/stm32-{name}.stripped.elf" for name in ("b", "c", "other")} | {"linux": "second/linux.elf"}
# A link of our module's, which needs no table: the second Linux is its remote.
SECOND_LINK = {"ends": ["linux", "c"], "roles": ["master", "remote"], "method": "static", "vrings": [64, 4096],
               "memory": (MAP["LINK_C_BASE"] + MAP["LINK_SIZE"], MAP["LINK_SIZE"]),
               "doorbells": [SPI, LAYOUT["SECOND_SPI"], 0, 0]}


def with_firmware(folder, build):
    """c is the firmware that Linux attaches to, and the same, and others, are files of Linux's. c has room
    for a Linux."""
    s = linux_and_peers(folder, build, [Link(("linux", "b"), "master"), Link(("linux", "c"), "master")])
    firmware = {name: (build / NAME / path).read_bytes() for name, path in FIRMWARE.items()}
    add_files(s, {f"lib/firmware/{name}.elf": data for name, data in firmware.items()})
    s.images["c"] = Image(firmware["c"])
    s.links["linux-c"].update(registers=(registers("c"), 0x1000), doorbells=[IPCC, SPIS["c"], 0, 0])
    s.links["linux-c-1"] = SECOND_LINK
    program, shared = s.contexts["c"]["memory"][:2], s.contexts["c"]["memory"][2:]
    s.contexts["c"]["memory"] = (*program, LAYOUT["SECOND_BASE"], LAYOUT["SECOND_SIZE"], *shared)
    s.contexts["linux"]["controls"] = "c"
    s.contexts["b"].update(secure=True, early=True, controls=["linux", "c"])
    return s


@pytest.fixture(scope="module")
def machine(tmp_path_factory, environment, erased_bank, build):
    folder = tmp_path_factory.mktemp("stm32")
    with Rack(folder, environment, erased_bank) as rack:
        s = with_firmware(folder, build)
        s.sign("development", algo="sha256,rsa2048")
        yield rack.start(s.write("-k", TOP / "keys/development"), loader="full")


@pytest.fixture(scope="module")
def booted(machine):
    linux = Linux(machine)
    load_modules(linux)
    return linux


@pytest.fixture
def linux(booted):
    yield booted
    assert_clean(booted.run("dmesg"))


def smc(linux, *numbers):
    return int(Control(linux, "b").ask(" ".join(["smc", *map(hex, numbers)])))


def recorded(linux, what):
    return sum(what in line for line in linux.run("cat /sys/kernel/debug/peerboot/boot-record"))


def stop(linux):
    """When the file has been written it is out of its core."""
    shell(linux, "echo stop >$(remote c)/state")
    assert smc(linux, STATE, C) == STOPPED


def start(linux, name):
    shell(linux, f"echo {name}.elf >$(remote c)/firmware && echo start >$(remote c)/state; becomes c running")
    assert smc(linux, STATE, C) == RUNNING


def said(linux):
    return shell(linux, "cat /sys/kernel/debug/remoteproc/$(basename $(remote c))/trace0")


def test_attached(linux):
    """To what the loader has started: the very file that Linux has."""
    shell(linux, "becomes c attached; echoes c")
    assert smc(linux, STATE, C) == RUNNING
    shell(linux, "echo detach >$(remote c)/state; becomes c detached")
    assert smc(linux, STATE, C) == RUNNING
    shell(linux, "echo start >$(remote c)/state; becomes c attached; echoes c")


def test_each_is_loaded_started_and_stopped(linux):
    stop(linux)
    for name in "c", "other", "c":
        start(linux, name)
        shell(linux, "echoes c")
        assert said(linux)[0] == f"{name}: entered 1 times"
        stop(linux)
    assert recorded(linux, "linux stops c") == 4
    assert recorded(linux, "linux loads, starts c") == 3


def test_what_lies_elsewhere_is_not_loaded(linux):
    """b's memory is another context's: remoteproc has none there for it."""
    shell(linux, "echo b.elf >$(remote c)/firmware; ! echo start >$(remote c)/state; becomes c offline")
    assert [line for line in linux.run("dmesg") if re.search(f"bad phdr da {MAP['PEER_B_BASE']:#x}", line)]
    assert smc(linux, STATE, C) == STOPPED


def test_it_crashes_and_is_started_again(linux):
    start(linux, "c")
    shell(linux, "echo 'classic: crash' >$(terminal c); sleep 1; becomes c running; echoes c")
    assert [line for line in linux.run("dmesg") if "crash detected in c: type watchdog" in line]


def test_who_may(linux):
    """The bit is Linux's alone, though b controls c, too; nobody has a register that is not there, or another service."""
    before = recorded(linux, "CALL_REFUSED")
    assert smc(linux, CALL, WRITE, HOLD_BOOT + 4, 0) == INVALID
    assert smc(linux, CALL, WRITE, 0, 0) == INVALID
    assert smc(linux, CALL, WRITE, HOLD_BOOT, 0) == DENIED
    assert recorded(linux, "CALL_REFUSED") == before + 3
    assert smc(linux, CALL, 2, HOLD_BOOT, 0) == NOT_SUPPORTED
    assert smc(linux, STATE, C) == RUNNING


def interrupts(linux):
    """{who: how many}, of this Linux's own."""
    lines = [line.split() for line in linux.run("grep GIC-0 /proc/interrupts")]
    return {fields[-1]: int(fields[1]) + int(fields[2]) for fields in lines}


def test_a_second_linux(linux):
    """One interrupt controller is enough for both: the first one hears its console, b and the second one, which
    announces itself; and is stopped wherever it is."""
    stop(linux)
    start(linux, "linux")
    linux.run(". /lib/peers.sh; for try in 1 2 3 4; do ! wait_for has_device c-1 rpmsg-raw || break; done")
    assert linux.run("ls -d /sys/devices/platform/link-c-1/*/*.rpmsg-raw.-1.2000")
    before = interrupts(linux)
    for peer in "b", "c-1":
        linux.run(f". /lib/peers.sh; rpmsg-echo --count 32 --window 8 $(device_of {peer} rpmsg-raw)")
    after = interrupts(linux)
    assert not [who for who in ("uart-pl011", "link-b", "link-c-1") if after[who] == before[who]]
    stop(linux)


def test_a_linux_that_begins_anew(machine, linux):
    """It attaches to what the one before has loaded, and stops that."""
    start(linux, "other")
    assert Control(linux, "b").ask("renew 0 300") == "0"
    machine.until(UP)
    linux.__init__(machine)
    load_modules(linux)
    shell(linux, "becomes c attached; echoes c")
    assert said(linux)[0] == "other: entered 1 times"
    stop(linux)
    start(linux, "c")
    shell(linux, "echoes c")
