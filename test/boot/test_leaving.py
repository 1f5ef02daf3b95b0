# SPDX-License-Identifier: BSD-2-Clause
"""The module goes while everybody is in the middle of something, with links in every role, to a peer with
doorbells and to one without. Its release
callbacks are slow, so that whoever goes on before they have ended shows, and so does memory that is
used after it was freed."""
import pytest

from board import SLOW_LINUX
from conftest import Rack, assert_clean
from machine import Linux
from roles import every_role, linux_and_peers

pytestmark = pytest.mark.once

PAIRS = [("linux", "b"), ("linux", "c")]
LINKS = {"b": ["b", "b-1", "b-2"], "c": ["c", "c-1", "c-2"]}


@pytest.fixture(scope="module")
def running(tmp_path_factory, environment, erased_bank, build):
    folder = tmp_path_factory.mktemp("leaving")
    system = linux_and_peers(folder, build, every_role(PAIRS))
    for name, node in system.links.items():
        if name.startswith("linux-c"):
            node["doorbells"] = [0, 0, 0, 0]
    system.images["ramdisk"].data = (SLOW_LINUX / "initramfs.cpio.gz").read_bytes()
    system.contexts["linux"]["bootargs"] += " slub_debug=FZPU"
    with Rack(folder, environment, erased_bank) as rack:
        linux = Linux(rack.start(system.write()), level=4)
        linux.run(f". /lib/peers.sh; for l in {' '.join(sum(LINKS.values(), []))}; do "
                  "wait_for is_up $l; done")
        yield linux


@pytest.fixture
def linux(running):
    yield running
    assert_clean(running.run("dmesg"))


def test_polling(linux):
    """Neither end of c's links has a doorbell: both look from time to time, and everybody says so."""
    log = linux.run("dmesg")
    for link in LINKS["c"]:
        state = linux.run(f"cat /sys/kernel/debug/peerboot/{link}/state")
        assert "interrupt: none, polled every 20 ms" in state
        assert "send doorbell: none, the peer polls" in state
        assert [line for line in log if f"link-{link}: no doorbell of c is heard here" in line]
        assert [line for line in log if f"link-{link}: c has no doorbell" in line]
        linux.run(f". /lib/peers.sh; rpmsg-echo --count 300 --window 100 $(device_of {link} "
                  "rpmsg-raw)")
        assert "interrupts 0" in linux.run(f"cat /sys/kernel/debug/peerboot/{link}/counters")
    for link in LINKS["b"]:
        assert "polls" not in "".join(linux.run(f"cat /sys/kernel/debug/peerboot/{link}/state"))


def test_files_that_are_open(linux):
    """Readers wake up, control devices do nothing any more, and the module leaves after the last."""
    linux.run("selftest in-use 1")


def test_peer_that_starts_anew_while_its_device_is_made(linux):
    """Programs and the peer have the channels before who binds the link has all of its device: the link is
    started over after that."""
    driver = "/sys/bus/platform/drivers/peerboot-link"
    linux.run(f". /lib/peers.sh; echo link-b >{driver}/unbind; "
              f"printf '#!/bin/sh\\necho link-b >{driver}/bind\\n' >/tmp/slowly; chmod +x /tmp/slowly; "
              "/tmp/slowly & wait_for has_device b rpmsg-raw && tell --no-answer b-1 restart && "
              "[ -e /proc/$!/exe ] && wait $!")
    linux.run(f". /lib/peers.sh; for l in {' '.join(LINKS['b'])}; do wait_for is_up $l || exit 1; done")
    counters = linux.run("cat /sys/kernel/debug/peerboot/b/counters")
    assert {"starts 2", "peer_left 1", "restarts 1"} <= set(counters)


def test_references(linux):
    """Somebody else refers to every channel, and lets go of it when the module is leaving."""
    look = "dmesg | sed -n 's/.*peerboot: \\(released\\|left\\)$/\\1/p'"
    before = len(linux.run(look))
    linux.run("modprobe holder && selftest reload 2; rmmod peerboot; sleep 2")
    log = linux.run(look)[before:]
    linux.run("modprobe peerboot; rmmod holder 2>/dev/null; true")
    assert log.count("left") == 3 and log.count("released") > 3
    assert log[-1] == "left"


@pytest.mark.timeout(900)
def test_drivers_that_come_and_go(linux):
    """bind and unbind drop the last reference to a channel, had we not one."""
    linux.run("selftest binding 3", 600)
