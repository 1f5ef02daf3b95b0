# SPDX-License-Identifier: BSD-2-Clause
"""peerboot for a board with a monitor: who may be in Secure RAM, and what Linux's tree says of it."""
import gzip
import subprocess

import pytest

from host_command import OK, PEERBOOT, REFUSED, TREE
from board import memory_map
from firmware import peer
from its import Image
from system import small

MAP = memory_map("virt-secure")
SECURE = MAP["PEER_B_BASE"]


def run(command, *arguments, board="virt-secure", status=OK):
    done = subprocess.run([PEERBOOT, command, f"--board={board}", f"--fdt={TREE}", *arguments], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == status, done.stdout + done.stderr
    return done


@pytest.fixture
def system(tmp_path):
    s = small(tmp_path)
    s.images["p"] = Image(peer(SECURE, SECURE + 0x8000))
    s.contexts["p"] = {"cpus": 0x4, "memory": (SECURE, 0x10000), "image": "p", "secure": True}
    return s


def test_secure_context(system):
    system.contexts["p"]["controls"] = "linux"
    run("check", system.write())


def test_secure_ram_is_for_secure_contexts(system):
    del system.contexts["p"]["secure"]
    assert "OUTSIDE_WORLD (-75)" in run("check", system.write(), status=REFUSED).stderr


def test_linux_is_in_the_other_world(system):
    system.contexts["linux"]["secure"] = True
    assert "secure does not go with kernel" in run("check", system.write(), status=REFUSED).stderr


@pytest.mark.parametrize("name", ["linus", "p"])
def test_control_of_nobody_else(system, name):
    system.contexts["p"]["controls"] = name
    assert f"controls no other context {name}" in run("check", system.write(), status=REFUSED).stderr


@pytest.mark.parametrize("watchdog", [[0, 1, 1], [100], [100, 1], [100, 1, 1, 1]])
def test_no_such_watchdog(system, watchdog):
    system.contexts["p"]["watchdog"] = watchdog
    assert "MANIFEST_BROKEN (-30)" in run("check", system.write(), status=REFUSED).stderr


def test_watchdog_of_linux(system, tmp_path):
    system.contexts["p"]["watchdog"] = [1, 0, 0]
    system.contexts["linux"]["watchdog"] = [60000, 3, 60]
    tree = tmp_path / "linux.dtb"
    run("check", "--linux-fdt", tree, system.write())
    out = subprocess.run(["fdtget", tree, "/peerboot-monitor", "watchdog-ms"], check=True, capture_output=True, text=True)
    assert out.stdout.strip() == "60000"


@pytest.mark.parametrize("what", [{"secure": True}, {"controls": "linux"}, {"controls-power": True},
                                  {"controls-slots": True}, {"watchdog": [500, 3, 60]}])
def test_a_board_without_a_monitor(tmp_path, what):
    s = small(tmp_path)
    next(iter(s.contexts.values())).update({} if "secure" in what else what)
    if "secure" in what:
        s.images["p"] = Image(peer(MAP["PEER_C_BASE"], MAP["PEER_C_BASE"] + 0x8000))
        s.contexts["p"] = {"cpus": 0x4, "memory": (MAP["PEER_C_BASE"], 0x10000), "image": "p", "secure": True}
    assert "MANIFEST_BROKEN (-30)" in run("check", s.write(), board="virt", status=REFUSED).stderr


def test_how_linux_starts_its_cores(system, tmp_path):
    tree = tmp_path / "linux.dtb"
    run("check", "--linux-fdt", tree, system.write())

    def get(node, name):
        return subprocess.run(["fdtget", tree, node, name], check=True, capture_output=True, text=True).stdout.strip()

    assert get("/psci", "method") == "smc" and get("/psci", "compatible") == "arm,psci-1.0 arm,psci-0.2"
    assert get("/cpus/cpu@0", "enable-method") == "psci"


@pytest.mark.parametrize("size, status", [(MAP["PRISTINE_SIZE"] // 2, OK), (MAP["PRISTINE_SIZE"] + 1, REFUSED)])
def test_room_for_what_contexts_are_made_anew_from(system, size, status):
    """What the monitor can't unpack itself is kept unpacked; what lies in flash as it is, is not kept."""
    ramdisk = b"070701" + bytes(size - 6)
    system.images["ramdisk"] = Image(gzip.compress(ramdisk), type="ramdisk", compression="gzip")
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    said = run("check", system.write(), status=status).stderr
    assert ("STAGING_FULL (-12) in plan" in said) == (status == REFUSED)
    system.images["ramdisk"] = Image(ramdisk, type="ramdisk")
    run("check", system.write())
