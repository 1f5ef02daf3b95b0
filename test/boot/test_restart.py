# SPDX-License-Identifier: BSD-2-Clause
"""Any end starts anew while the others run, in every role and by every way: b is an end of six links,
three to Linux and three to c. `make soak` does it 1,000 times in a row each (RESTARTS)."""
import os

import pytest

from conftest import assert_clean
from control import Control
from roles import ROLES

ROUNDS = int(os.environ.get("RESTARTS", "3"))
PATIENCE = 240 + 3 * ROUNDS  # seconds: only against a hang
MESSAGES = 200


class Soak:
    """The system of a way, up, and what has to hold after every campaign."""

    def __init__(self, linux):
        self.linux, self.b = linux, Control(linux, "b")
        for link in self.b.wait_for_links(len(ROLES)):  # until its last channel is there
            linux.run(f". /lib/peers.sh; wait_for is_up {link}")
        self.channels = self.count_channels()

    def count_channels(self):
        return len(self.linux.run("ls -1 /sys/bus/rpmsg/devices"))

    def epochs(self, key="epoch"):
        debug = "/sys/kernel/debug/peerboot"
        return [int(n) for n in self.linux.run(f"sed -n 's/^{key}: //p' {debug}/b*/state")]

    def all_is_well(self):
        """Every link passes messages both ways, and nothing is left of earlier lives."""
        links = self.b.wait_for_state("up")
        assert len(links) == 2 * len(ROLES)
        for number in range(len(links)):
            assert self.b.ask(f"ping {number} {MESSAGES}") == "ok"
        for number in range(len(links)):
            assert self.b.ping_result(number) == {"sent": MESSAGES, "received": MESSAGES, "bad": 0}
        assert self.count_channels() == self.channels
        assert_clean(self.linux.run("dmesg"))


@pytest.fixture
def soak(every_role):
    return Soak(every_role[1])


@pytest.mark.timeout(600 + 20 * ROUNDS)
def test_restarts(soak, record_property):
    """b enters itself anew; then each of Linux's ends is unbound and bound; then the whole module."""
    lives = soak.epochs("peer epoch")
    soak.linux.run(f"selftest restart b {ROUNDS}", PATIENCE)
    assert [now - was for now, was in zip(soak.epochs("peer epoch"), lives)] == [ROUNDS] * len(ROLES)
    soak.all_is_well()
    for link in ("b", "b-1", "b-2"):
        soak.linux.run(f"selftest rebind {link} {ROUNDS}", PATIENCE)
    soak.all_is_well()
    soak.linux.run(f"selftest reload {ROUNDS}", PATIENCE)
    soak.all_is_well()


@pytest.mark.timeout(600 + 20 * ROUNDS)
def test_restarts_of_both_ends_together(soak):
    """Neither waits for the other: b and all of Linux's ends at the same time, again and again."""
    rounds = max(2, ROUNDS // 5)
    soak.linux.run(f"selftest together b {rounds}", PATIENCE)
    soak.all_is_well()
