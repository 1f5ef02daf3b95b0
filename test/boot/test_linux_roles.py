# SPDX-License-Identifier: BSD-2-Clause
"""Linux that is not the master: remote of b, one of two alike with c; stock drivers on our bus."""
import re

import pytest

from conftest import Rack, assert_clean
from control import Control
from machine import Linux
from system import with_linux

pytestmark = pytest.mark.once

ROLES = {"b": ("remote", "master"), "c": ("symmetric", "symmetric")}
DEBUG = "/sys/kernel/debug/peerboot"


@pytest.fixture(scope="module")
def running(tmp_path_factory, environment, erased_bank, build):
    folder = tmp_path_factory.mktemp("roles")
    with Rack(folder, environment, erased_bank) as rack:
        linux = Linux(rack.start(with_linux(folder, build, ROLES).write()))
        linux.run(". /lib/peers.sh; for p in b c; do for c in rpmsg-raw rpmsg-tty; do "
                  "wait_for has_device $p $c || exit 1; done; done")
        yield linux


@pytest.fixture
def linux(running):
    yield running
    assert_clean(running.run("dmesg"))


def counters(linux, peer):
    lines = linux.run(f"cat {DEBUG}/{peer}/counters")
    return {name: int(value) for name, value in (line.split() for line in lines)}


def assert_echoes(lines, count, devices=2):
    results = re.findall(r"rpmsg-echo: \S+ sent (\d+) received (\d+) bad (\d+) ", "\n".join(lines))
    assert results == [(str(count), str(count), "0")] * devices


def control(linux, peer):
    """The link's /dev/rpmsg_ctrlN."""
    line, = linux.run(f"rpmsg-echo --list | grep 'link={peer} .* channel=rpmsg_ctrl '")
    return re.search(r"device=(\S+)", line)[1]


def address(linux, peer, channel):
    """Where the peer's end of a channel is."""
    return int(linux.one(f"cat /sys/devices/platform/link-{peer}/*.{channel}.*/dst"), 0)


def test_roles(linux):
    for peer, (role, _) in ROLES.items():
        state = linux.run(f"cat {DEBUG}/{peer}/state")
        assert f"role: {role}" in state
        assert "state: up" in state


def test_nothing_is_carved_out(linux):
    """No device has a pool of its own, and no virtio device is there."""
    linux.run("test -z \"$(ls /sys/bus/virtio/devices)\"")
    assert not [line for line in linux.run("dmesg") if "assigned reserved memory" in line]


def test_echo(linux):
    before = {peer: counters(linux, peer) for peer in ROLES}
    assert_echoes(linux.run("selftest echo 5000"), 5000)
    for peer in ROLES:
        after = counters(linux, peer)
        for name in ("sent", "received"):
            assert after[name] - before[peer][name] == 5000
        for name in ("broken", "bad_message", "no_endpoint", "names_refused", "names_unknown"):
            assert after[name] == 0


def test_echo_over_tty(linux):
    assert_echoes(linux.run("selftest tty 500"), 500)


@pytest.mark.parametrize("size", [1, 3, 4, 495, 496])
def test_echo_of_size(linux, size):
    for peer in ROLES:
        lines = linux.run(f". /lib/peers.sh; rpmsg-echo --count 300 --window 300 --min {size} "
                          f"--max {size} $(device_of {peer} rpmsg-raw)")
        assert_echoes(lines, 300, 1)


def test_endpoints_by_control_device(linux):
    """rpmsg_ctrl makes endpoints of their own, which the peer has never heard of."""
    for peer in ROLES:
        to = address(linux, peer, "rpmsg-raw")
        for source in ("any", 3000):
            lines = linux.run(f"rpmsg-echo --count 100 --endpoint mine,{source},{to} "
                              f"{control(linux, peer)}")
            assert_echoes(lines, 100, 1)


@pytest.mark.parametrize("peer", ROLES)
def test_peer_withdraws_and_announces(linux, peer):
    device, to = control(linux, peer), address(linux, peer, "peerboot-ctl")
    gone = int(linux.one("dmesg | grep -c 'destroying channel rpmsg-raw' || true"))
    for _ in range(5):
        gone += 1
        assert linux.one(f"rpmsg-command {device} {to} 'ns-cycle rpmsg-raw'") == "ok"
        linux.run(". /lib/peers.sh; again() { "
                  f"[ $(dmesg | grep -c 'destroying channel rpmsg-raw') = {gone} ] && "
                  f"has_device {peer} rpmsg-raw; }}; wait_for again")
    assert_echoes(linux.run("selftest echo 100"), 100)


def test_driver_of_a_channel_unbound_and_bound(linux):
    """The kernel's side of a channel goes and comes; the channel stays."""
    for peer in ROLES:
        linux.run("cd /sys/bus/rpmsg/drivers/rpmsg_chrdev; "
                  f"for d in link-{peer}.rpmsg-raw*; do echo $d >unbind; echo $d >bind; done")
    assert_echoes(linux.run("selftest echo 100"), 100)


def names_of(linux, peer):
    """How many announcements and withdrawals the peer's image has counted on its link to Linux."""
    peer = Control(linux, peer)
    return peer.numbers(f"counters {[name for name, *_ in peer.links()].index('linux')}")["names"]


def wait_for_names(linux, peer, count):
    for _ in range(10):  # messages of ours that come before the next command, if not by then
        if names_of(linux, peer) == count:
            return
    raise AssertionError(f"{peer} has not heard of a channel")


@pytest.mark.parametrize("peer", ROLES)
def test_channel_of_linux_with_another_driver(linux, peer):
    """A driver that does not know the channel's name is bound by driver_override, as control devices
    are; the peer is told of the channel, and that it has gone."""
    device = f"/sys/bus/rpmsg/devices/link-{peer}.served.2000.-1"
    for _ in range(2):
        before = names_of(linux, peer)
        linux.run(f"rpmsg-channel make {control(linux, peer)} served,2000,any; "
                  f"echo rpmsg_chrdev >{device}/driver_override; "
                  f"echo {device.split('/')[-1]} >/sys/bus/rpmsg/drivers/rpmsg_chrdev/bind")
        wait_for_names(linux, peer, before + 1)
        linux.run(f"rpmsg-channel release {control(linux, peer)} served,2000,any")
        linux.run(f"test ! -e {device}")
        wait_for_names(linux, peer, before + 2)


def test_echo_driver_is_bound(linux):
    """Peers find an echo here too: our driver is on each control channel, in either role."""
    for peer in ROLES:
        linux.run(f"ls /sys/bus/rpmsg/drivers/peerboot-echo | grep link-{peer}.peerboot-ctl")


def epochs(linux, peer):
    return [int(linux.one(f"sed -n 's/^{key}: //p' {DEBUG}/{peer}/state"))
            for key in ("epoch", "peer epoch")]


def sessions_of(linux, peer):
    """How many the peer's image has counted on its link to Linux."""
    peer = Control(linux, peer)
    return peer.numbers(f"counters {[name for name, *_ in peer.links()].index('linux')}")["sessions"]


@pytest.mark.parametrize("command", [
    "restart b 5", "restart c 5", "restart-load b 3", "restart-load c 3"])
def test_peer_starts_anew(linux, command):
    """A life of the peer's end each time; its channels go and come, the other link goes on."""
    name, peer, rounds = command.split()
    before = {p: epochs(linux, p) for p in ROLES}
    assert f"selftest: {name} ok" in linux.run(f"selftest {command}")
    assert_echoes(linux.run("selftest echo 200"), 200)
    for p in ROLES:
        theirs = epochs(linux, p)[1] - before[p][1]
        assert theirs == int(rounds) if p == peer else theirs == 0
        for counter in ("broken", "mismatches", "names_refused"):
            assert counters(linux, p)[counter] == 0


@pytest.mark.parametrize("command, peers", [
    ("rebind b 5", "b"), ("rebind c 5", "c"), ("reload 3", "bc"), ("load 3", "bc")])
def test_linux_starts_anew(linux, command, peers):
    """Each time a life of Linux's end, and the peer answers it. Its own goes on, unless it looks just when
    Linux has let go and its next life has no number yet: then it begins one, too."""
    before = {peer: epochs(linux, peer) for peer in ROLES}
    sessions = {peer: sessions_of(linux, peer) for peer in ROLES}
    assert f"selftest: {command.split()[0]} ok" in linux.run(f"selftest {command}")
    assert_echoes(linux.run("selftest echo 200"), 200)
    for peer in ROLES:
        # Its image counts on: it was not entered anew.
        begun = sessions_of(linux, peer) - sessions[peer]
        assert begun >= int(command.split()[-1]) if peer in peers else begun == 0
        ours, theirs = [now - was for now, was in zip(epochs(linux, peer), before[peer])]
        assert theirs <= ours
        assert ours >= int(command.split()[-1]) if peer in peers else ours == 0


@pytest.mark.parametrize("peer", ROLES)
def test_address_that_was_taken_meanwhile(linux, peer):
    """A channel without a driver loses its own address to whoever asks for it, and gets another."""
    to = address(linux, peer, "rpmsg-raw")
    device = linux.one(f"ls /sys/bus/rpmsg/drivers/rpmsg_chrdev | grep ^link-{peer}.rpmsg-raw")
    driver = "/sys/bus/rpmsg/drivers/rpmsg_chrdev"
    source = int(linux.one(f"cat /sys/bus/rpmsg/devices/{device}/src"), 0)
    linux.run(f"echo {device} >{driver}/unbind; : >/tmp/taken; "
              f"rpmsg-echo --count 100000000 --endpoint taken,{source},{to} "
              f"{control(linux, peer)} >/tmp/taken 2>&1 & echo $! >/tmp/pid")
    before = counters(linux, peer)["sent"]
    linux.run(f". /lib/peers.sh; runs() {{ [ $(counter {peer} sent) -gt {before + 10} ]; }}; "
              "wait_for runs")
    linux.run(f"echo {device} >{driver}/bind")
    assert int(linux.one(f"cat /sys/bus/rpmsg/devices/{device}/src"), 0) != source
    lines = linux.run(f". /lib/peers.sh; rpmsg-echo --count 100 $(device_of {peer} rpmsg-raw)")
    assert_echoes(lines, 100, 1)
    linux.run("kill $(cat /tmp/pid); wait; cat /tmp/taken")
    # With its address free again it keeps the one that it has.
    linux.run(f"echo {device} >{driver}/unbind; echo {device} >{driver}/bind")
    assert int(linux.one(f"cat /sys/bus/rpmsg/devices/{device}/src"), 0) != source
