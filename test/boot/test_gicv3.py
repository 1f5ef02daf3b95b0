# SPDX-License-Identifier: BSD-2-Clause
"""The demo's boot image on a machine whose GIC is a version 3: the same loader, peers and module."""
import re

import pytest

from board import VARIANTS
from conftest import Rack, assert_clean
from control import Control
from machine import Linux
from roles import Link, linux_and_peers
from test_matrix import MESSAGES, echo_over

pytestmark = pytest.mark.needs("gicv3", "linux")

LINKS = [Link(("linux", "b"), "master"), Link(("linux", "b"), "symmetric"),
         Link(("linux", "c"), "remote"), Link(("b", "c"), "master")]


@pytest.fixture(scope="module")
def linux(tmp_path_factory, environment, erased_bank, build):
    folder = tmp_path_factory.mktemp("gicv3")
    with Rack(folder, environment, erased_bank) as rack:
        yield Linux(rack.start(linux_and_peers(folder, build, LINKS).write(),
                               model=VARIANTS["gicv3"]))


def test_linux_has_that_gic(linux):
    assert linux.run("tr -d '\\0' </proc/device-tree/intc@8000000/compatible") == ["arm,gic-v3"]
    assert linux.run("dmesg | grep 'GICv3: CPU0: found redistributor'")


def test_links(linux):
    """Messages over links of every role, with and without Linux."""
    b, c = Control(linux, "b"), Control(linux, "c")
    devices = [*b.wait_for_links(2).values(), *c.wait_for_links(1).values()]
    assert b.ask(f"ping 2 {MESSAGES}") == "ok"
    assert list(echo_over(linux, devices).values()) == [MESSAGES] * 3
    assert b.ping_result(2) == {"sent": MESSAGES, "received": MESSAGES, "bad": 0}


def test_bells_are_heard(linux):
    """Linux's are interrupts; without its own, a peer would look every 50 ms."""
    device = Control(linux, "b").wait_for_links(2)["b"]
    uptime = "cut -d' ' -f1 /proc/uptime"
    start, line, end = linux.run(f"{uptime}; rpmsg-echo --count {MESSAGES} --window 1 {device}; {uptime}")
    assert f"sent {MESSAGES} received {MESSAGES} bad 0 " in line
    assert float(end) - float(start) < MESSAGES * 0.050 / 2
    counters = linux.run("cat /sys/kernel/debug/peerboot/b/counters")
    assert int(re.search(r"interrupts (\d+)", "\n".join(counters))[1]) >= MESSAGES


def test_nothing_is_worth_a_warning(linux):
    assert_clean(linux.run("dmesg"))
