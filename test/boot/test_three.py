# SPDX-License-Identifier: BSD-2-Clause
"""Three contexts that each talk to the other two: three links at once, all under load together."""
import pytest

from board import PEER_ARCH
from conftest import assert_clean
from control import Control
from machine import Linux
from roles import OTHER, WAYS, Link, linux_and_peers
from system import CLUSTER
from test_matrix import echo_over

pytestmark = pytest.mark.needs(PEER_ARCH)

MESSAGES = 10000 if CLUSTER else 1000  # more where they are of two instruction sets
ALL = {
    "linux-is-master": {("linux", "b"): "master", ("linux", "c"): "master", ("b", "c"): "master"},
    "linux-is-remote-of-b": {("linux", "b"): "remote", ("linux", "c"): "master",
                             ("b", "c"): "master"},
    "symmetric": dict.fromkeys([("linux", "b"), ("linux", "c"), ("b", "c")], "symmetric"),
}


@pytest.mark.parametrize("roles", ALL.values(), ids=ALL)
def test_three_links_at_once(machine, tmp_path, build, roles):
    fit = linux_and_peers(tmp_path, build, [Link(*link) for link in roles.items()]).write()
    linux = Linux(machine(fit))
    assert not linux.transcript.errors
    b, c = Control(linux, "b"), Control(linux, "c")
    devices = [*b.wait_for_links(1).values(), *c.wait_for_links(1).values()]
    assert sorted(b.links()) == sorted([
        ("linux", OTHER[roles["linux", "b"]], "preset", "up"), ("c", roles["b", "c"], "preset", "up")])
    assert sorted(c.links()) == sorted([
        ("linux", OTHER[roles["linux", "c"]], "preset", "up"),
        ("b", OTHER[roles["b", "c"]], "preset", "up")])
    for peer in (b, c):
        for number in range(2):
            assert peer.ask(f"ping {number} {MESSAGES}") == "ok"
    assert list(echo_over(linux, devices, MESSAGES).values()) == [MESSAGES] * 2
    for peer in (b, c):
        for number in range(2):
            assert peer.ping_result(number) == {"sent": MESSAGES, "received": MESSAGES, "bad": 0}
    assert_clean(linux.run("dmesg"))
