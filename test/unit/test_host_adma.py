# SPDX-License-Identifier: BSD-2-Clause
"""peerboot for doorbells by DMA channels, whose interrupts Linux takes back at the channel: versal's."""
import json
import struct

import pytest
from libfdt import Fdt

from host_command import REFUSED
from board import memory_map
from test_host_rpu import refused, run, system  # noqa: F401: a fixture

MAP = memory_map("versal")
ADMA, NONE = MAP["DOORBELL_ADMA"], MAP["DOORBELL_NONE"]
SPI, CHANNEL, DEVICE = 61, 0xffa90000, "/dma@ffa90000"


@pytest.fixture
def linked(system):  # noqa: F811
    """p rings Linux by channel 1, which is its own, and polls."""
    system.contexts["p"]["devices"] = DEVICE
    system.links["linux-p"] = {"ends": ["linux", "p"], "roles": ["symmetric", "symmetric"], "method": "static", "table": "p",
                               "memory": (MAP["LINK_B_BASE"], MAP["LINK_SIZE"]), "doorbells": [ADMA, SPI, NONE, 0]}
    return system


def cells(tree, path, name):
    value = tree.getprop(tree.path_offset(path), name)
    return [number for number, in struct.iter_unpack(">I", value)]


def test_linux_is_told_where_to_take_it_back(linked, tmp_path):
    run("check", linked, f"--linux-fdt={tmp_path / 'linux.dtb'}")
    tree = Fdt((tmp_path / "linux.dtb").read_bytes())
    assert cells(tree, "/link-p", "interrupts") == [0, SPI, 4]
    assert cells(tree, "/link-p", "peerboot,receive-doorbell") == [ADMA, SPI, CHANNEL]
    assert cells(tree, "/link-p", "peerboot,send-doorbell") == [NONE, 0, 0]
    assert tree.getprop(tree.path_offset(DEVICE), "status").as_str() == "disabled"


def test_its_name(linked):
    plan = json.loads(run("plan", linked, "--json").stdout)
    assert "ADMA" in json.dumps(plan["links"])


def test_channel_has_to_be_a_peers(linked):
    del linked.contexts["p"]["devices"]
    assert refused(linked) == ("LINK_DOORBELL", f"linux-p: its SPI {SPI} is of {DEVICE} in the device tree, not among the devices of who rings by it")


def test_another_channel_of_the_peers_is_not_enough(linked):
    linked.contexts["p"]["devices"] = "/dma@ffa80000"
    assert refused(linked)[0] == "LINK_DOORBELL"


@pytest.mark.parametrize("bells", [
    [ADMA, 59, NONE, 0],     # none of the channels
    [ADMA, 68, NONE, 0],
    [NONE, 0, ADMA, SPI],    # an R5 hears none
    [MAP["DOORBELL_SPI"], SPI, NONE, 0]])  # an SPI that nobody takes back
def test_what_nobody_hears(linked, bells):
    linked.links["linux-p"]["doorbells"] = bells
    assert refused(linked)[0] == "LINK_DOORBELL"


@pytest.mark.parametrize("bells, what", [
    ([MAP["DOORBELL_SPI"], 100, NONE, 0], "ring <2 100>"),
    ([ADMA, SPI, MAP["DOORBELL_SGI"], 8], "hear <1 8>")])
def test_r5s_have_no_gic(linked, bells, what):
    linked.links["linux-p"]["doorbells"] = bells
    assert refused(linked) == ("LINK_DOORBELL", f"linux-p: p's cores can't {what}, they have no GIC; they ring Linux by <4 60> to "
                               "<4 67>, and hear nothing")


def test_channel_of_another_peer(linked):
    del linked.contexts["p"]["devices"]
    linked.contexts["q"]["devices"] = DEVICE
    assert refused(linked)[0] == "LINK_DOORBELL"


def test_without_the_feature(linked):
    said = run("check", linked, "--without=adma", status=REFUSED).stderr
    assert "LINK_DOORBELL" in said
