# SPDX-License-Identifier: BSD-2-Clause
"""Links between the two bare-metal peers: every role and way, driven by commands from Linux."""
import re

import pytest

from conftest import Rack, assert_clean
from firmware import MAP
from its import Image, manifest
from machine import Linux
from system import SGI, SPI, System

MESSAGES = 2000
SIZE = MAP["LINK_SIZE"]
ROLES = {"master": "remote", "remote": "master", "symmetric": "symmetric"}
CONTROL = 0x402  # peerboot-ctl's address: the third channel


def peer(name, image):
    upper = name.upper()
    return {"cpus": MAP[f"PEER_{upper}_CPUS"], "image": image,
            "memory": (MAP[f"PEER_{upper}_BASE"], MAP[f"PEER_{upper}_SIZE"],
                       MAP[f"TABLE_{upper}_BASE"], 0x20000)}


def link(ends, role, method, area, place, doorbells, **more):
    return {"ends": ends, "roles": [role, ROLES[role]], "method": method,
            "memory": (MAP[f"LINK_{area}_BASE"] + place * SIZE, SIZE), "doorbells": doorbells,
            **more}


def table_links(method):
    """Linux is the preset master of both; between b and c is one link of each kind."""
    pair, bells = ["b", "c"], [SGI, 8, SGI, 8]
    return {
        "linux-b": link(["linux", "b"], "master", "preset", "B", 0, [SPI, 100, SGI, 8]),
        "linux-c": link(["linux", "c"], "master", "preset", "C", 0, [SPI, 101, SGI, 8]),
        "b-c-0": link(pair, "master", method, "C", 1, bells, vdev=1),
        "b-c-1": link(pair, "remote", method, "B", 1, bells, vdev=1),
        "b-c-2": link(pair, "symmetric", method, "B", 2, bells, vdev=2, table="b"),
    }


def static_links():
    """As images/echo/static/links.h has them."""
    links = {}
    for n, (ends, area) in enumerate([("linux b", "B"), ("linux c", "C"), ("b c", "LINUX")]):
        first, second = ends.split()
        for place, (role, owner) in enumerate([("master", second), ("remote", first),
                                               ("symmetric", second)]):
            spi = 100 + 3 * n + place
            bells = [SPI, spi, SGI, 8] if n < 2 else [SGI, 8, SGI, 8]
            if n == 2 and place == 2:
                owner = first
            links[f"{first}-{second}-{place}"] = link([first, second], role, "static", area, place,
                                                      bells, table=owner)
    return links


def system(folder, build, method):
    s = System(folder)
    s.images["kernel"] = Image((build / "linux/zImage").read_bytes(), type="kernel")
    s.images["ramdisk"] = Image((build / "linux/initramfs.cpio.gz").read_bytes(), type="ramdisk")
    s.contexts["linux"] = {"cpus": 0x3, "memory": (MAP["RAM_BASE"], MAP["RAM_SIZE"]),
                           "kernel": "kernel", "ramdisk": "ramdisk",
                           "bootargs": "console=ttyAMA0 panic=-1"}
    kind = "static" if method == "static" else "echo"
    for name in "bc":
        s.images[name] = Image((build / f"images/{kind}-{name}.stripped.elf").read_bytes())
        s.contexts[name] = peer(name, name)
    s.links.update(static_links() if method == "static" else table_links(method))
    s.manifest.data = manifest(folder, s.contexts, s.links)
    return s


class Peers:
    """Linux, and through it the control channel of each peer."""

    def __init__(self, linux):
        self.linux = linux

    def ask(self, peer, command):
        """By the first of its links whose other end is the master Linux."""
        script = (f". /lib/peers.sh; wait_for has_device {peer} rpmsg-raw; "
                  f"rpmsg-command $(peer_device {peer} rpmsg_ctrl) {CONTROL:#x} '{command}'")
        return self.linux.one(script)

    def links(self, peer):
        """[(other end, our role, method, state)]"""
        return [tuple(re.split("[=,]", word)) for word in self.ask(peer, "links").split()]

    def wait(self, peer, command, pattern):
        """Until the answer matches."""
        for _ in range(100):
            answer = self.ask(peer, command)
            if re.search(pattern, answer):
                return answer
            self.linux.run("usleep 100000")
        raise AssertionError(f"{peer}: {command}: {answer}, wanted {pattern}")

    def between(self, peer):
        """{role: number} of the links to the other bare-metal peer."""
        other = "c" if peer == "b" else "b"
        return {role: n for n, (end, role, *_) in enumerate(self.links(peer)) if end == other}

    def all_up(self):
        for peer, other in ("bc", "cb"):
            self.wait(peer, "links", f"({other}=[a-z,]*,up ?){{3}}")


@pytest.fixture(scope="module", params=["preset", "handshake"])
def peers(request, tmp_path_factory, environment, erased_bank, build):
    folder = tmp_path_factory.mktemp(request.param)
    rack = Rack(folder, environment, erased_bank)
    peers = Peers(Linux(rack.start(system(folder, build, request.param).write())))
    peers.all_up()
    yield peers
    assert_clean(peers.linux.run("dmesg"))
    rack.close()


def talk(peers):
    """All links at once, both ways."""
    for peer in "bc":
        links = peers.between(peer)
        assert set(links) == set(ROLES)
        for n in links.values():
            assert peers.ask(peer, f"ping {n} {MESSAGES}") == "ok"
    for peer in "bc":
        for n in peers.between(peer).values():
            assert peers.wait(peer, f"ping-result {n}", "running=0") == \
                f"sent={MESSAGES} received={MESSAGES} bad=0 running=0"


def test_ping(peers):
    talk(peers)


def test_counters(peers):
    """Nothing is lost, and nothing is broken."""
    for peer in "bc":
        for n in peers.between(peer).values():
            counters = dict(word.split("=") for word in peers.ask(peer, f"counters {n}").split())
            assert counters["broken"] == counters["mismatches"] == counters["bad_message"] == "0"
            assert counters["no_endpoint"] == "0"
