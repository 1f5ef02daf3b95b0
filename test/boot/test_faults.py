# SPDX-License-Identifier: BSD-2-Clause
"""A peer that breaks the rules, or stops: in every role the link comes back by itself, and the kernel's
log stays clean. What the library does of itself is in test/unit/test_faults.c."""
import time

import pytest

from conftest import Rack, assert_clean
from control import TRIES, Control
from machine import Linux
from roles import OF_B, OTHER, ROLES, every_role, linux_and_peers

pytestmark = pytest.mark.once

MESSAGES = 300
CHURN = 1000
FLOOD = 200


@pytest.fixture(scope="module")
def running(tmp_path_factory, environment, erased_bank, build):
    folder = tmp_path_factory.mktemp("faults")
    with Rack(folder, environment, erased_bank) as rack:
        linux = Linux(rack.start(linux_and_peers(folder, build, every_role(OF_B)).write()))
        b = Control(linux, "b")
        b.wait_for_links(len(ROLES))
        yield b


@pytest.fixture
def b(running):
    yield running
    assert len(running.wait_for_state("up")) == 2 * len(ROLES)
    assert_clean(running.linux.run("dmesg"))


def link_to(b, peer, role):
    """Number of b's link to a peer whose role on it is that."""
    return [link[:2] for link in b.links()].index((peer, OTHER[role]))


def sessions(b, number):
    return b.numbers(f"counters {number}")["sessions"]


def wait_until(condition, tries=TRIES):
    for _ in range(tries):
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError("has not come")


def by_other_link(b, role):
    """b, told over a link of Linux's that is not of that role."""
    name = {"master": "b", "remote": "b-1", "symmetric": "b-2"}
    return Control(b.linux, "b", name["symmetric" if role == "master" else "master"])


# Where Linux is the master, b is a device: it writes no addresses, and of a message with a length that
# can't be the stock bus says so and goes on.
NONSENSE = [(kind, role) for kind in ("index", "id", "length", "address") for role in ROLES
            if role != "master" or kind in ("index", "id")]


@pytest.mark.parametrize("kind, role", NONSENSE)
def test_nonsense_in_the_ring(b, kind, role):
    """Linux ends the session, and a new one begins."""
    teller = by_other_link(b, role)
    number = link_to(teller, "linux", role)
    before = sessions(teller, number)
    assert teller.ask(f"fault {kind} {number}") == "ok"
    wait_until(lambda: sessions(teller, number) > before)


def test_impossible_length(b):
    """The stock bus drops such a message and says so; the session goes on."""
    teller = by_other_link(b, "master")
    number = link_to(teller, "linux", "master")
    before = sessions(teller, number)
    assert teller.ask(f"fault length {number}") == "ok"
    wait_until(lambda: b.linux.run("dmesg | grep -c 'inbound msg too big'; true") != ["0"])
    assert sessions(teller, number) == before


@pytest.mark.parametrize("fault", ["no-kick 20", "double-kick 20"])
@pytest.mark.parametrize("role", ROLES)
def test_kicks(b, fault, role):
    """A lost kick is made up for by the next look, a doubled one does no harm."""
    number = link_to(b, "linux", role)
    assert by_other_link(b, role).ask(f"fault {fault} {number}") == "ok"


def test_silence_fills_the_pool(b):
    """b serves nobody for a second: senders wait, and nothing is lost."""
    devices = b.devices()
    assert b.ask("fault silence 1000") == "ok"
    lines = b.linux.run(f"for d in {' '.join(devices.values())}; do "
                        "rpmsg-echo --count 2000 --window 1000 --max 32 $d & done; wait")
    assert sum(" sent 2000 received 2000 bad 0 " in line for line in lines) == len(ROLES)


def count_channels(b):
    return int(b.linux.one("ls /sys/bus/rpmsg/devices | wc -l"))


def test_churn(b):
    """A channel comes and goes so often on every link at once, and none of it is left."""
    before = count_channels(b)
    links = range(len(b.links()))
    for number in links:
        assert b.ask(f"churn {CHURN} {number}") == "ok"
    for number in links:
        wait_until(lambda: not b.numbers(f"pending {number}")["churn"], tries=10 * TRIES)
    wait_until(lambda: count_channels(b) == before)


def names_refused(b):
    return sum(int(n) for n in b.linux.run("sed -n 's/^names_refused //p' "
                                           "/sys/kernel/debug/peerboot/b*/counters"))


def test_name_service_flood(b):
    """A name becomes a channel of Linux's that goes with its link, or it is refused and counted."""
    before = count_channels(b)
    for number in range(len(b.links())):
        assert b.ask(f"ns-flood {FLOOD} {number}") == "ok"
        wait_until(lambda: not b.numbers(f"pending {number}")["ns-flood"])
    wait_until(lambda: count_channels(b) + names_refused(b) == before + len(ROLES) * FLOOD)
    for link in ("b", "b-1", "b-2"):
        b.linux.run(f"selftest rebind {link} 1")
    assert count_channels(b) == before


def test_all_links_are_well_after_all(b):
    links = b.links()
    for number in range(len(links)):
        assert b.ask(f"ping {number} {MESSAGES}") == "ok"
    for number in range(len(links)):
        assert b.ping_result(number) == {"sent": MESSAGES, "received": MESSAGES, "bad": 0}
