# SPDX-License-Identifier: BSD-2-Clause
"""Every role by every way, between Linux and bare metal and between two bare-metal contexts.

All links of a way are up and under load at once. `make check` prints how many messages have passed in
each cell (conftest.py).
"""
import re

import pytest

from conftest import assert_clean
from control import Control
from roles import ROLES

pytestmark = pytest.mark.port

MESSAGES = 1000
FAULTS = ["broken", "mismatches", "bad_message", "no_endpoint"]


def echo_over(linux, devices, count=MESSAGES):
    """Messages that came back intact over each device, all at once."""
    lines = linux.run(f"for d in {' '.join(devices)}; do "
                      f"rpmsg-echo --count {count} --window 32 $d & done; wait")
    found = [re.match(r"rpmsg-echo: (\S+) sent (\d+) received (\d+) bad 0 ", line) for line in lines]
    return {m[1]: int(m[3]) for m in found if m and m[2] == m[3]}


def test_every_role(every_role, record_property):
    way, linux = every_role
    assert not linux.transcript.errors
    b = Control(linux, "b")
    devices = b.wait_for_links(len(ROLES))
    links = b.links()
    assert sorted(links) == sorted((peer, role, way, "up") for peer in ("linux", "c")
                                   for role in ROLES)

    for number in range(len(links)):
        assert b.ask(f"ping {number} {MESSAGES}") == "ok"
    echoed = echo_over(linux, devices.values())
    assert set(echoed.values()) == {MESSAGES} and len(echoed) == len(ROLES)
    for number, (peer, role, _, _) in enumerate(links):
        assert b.ping_result(number) == {"sent": MESSAGES, "received": MESSAGES, "bad": 0}
        counters = b.numbers(f"counters {number}")
        assert not any(counters[fault] for fault in FAULTS), (peer, role, counters)
        # The first one's role, and all that has gone both ways.
        kind, role = (("Linux ↔ bare metal", {"master": "remote", "remote": "master"}.get(role, role))
                      if peer == "linux" else ("bare ↔ bare metal", role))
        count = 2 * MESSAGES * (2 if peer == "linux" else 1)
        record_property("matrix", (kind, role, way, count))
    assert_clean(linux.run("dmesg"))
