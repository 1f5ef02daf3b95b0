# SPDX-License-Identifier: BSD-2-Clause
"""peerboot for a board whose clusters have two instruction sets, and one of them vectors that all its cores
share: versal."""
import hashlib
import json
import re
import struct

import pytest
from libfdt import QUIET_NOTFOUND, Fdt

from host_command import BUILD, OK, REFUSED, peerboot
from board import memory_map
from firmware import elf32, elf64
from its import Image
from system import System
from test_host_closer import arm64_image

TREE = BUILD / "test/fixtures/versal.dtb"
MAP = memory_map("versal")
BASE, SIZE = MAP["PEER_B_BASE"], 0x10000
VECTORS = MAP["VECTORS_BASE"]
APU, RPU = {"arch": "arm64"}, {"arch": "arm"}


@pytest.fixture
def system(tmp_path):
    """Linux on both A72s, a firmware on each R5."""
    s = System(tmp_path)
    s.manifest.more.update(APU)
    s.images["kernel"] = Image(arm64_image(), type="kernel", load=MAP["KERNEL_BASE"], entry=MAP["KERNEL_BASE"], more=APU)
    s.contexts["linux"] = {"cpus": 0x3, "memory": (MAP["RAM_BASE"], MAP["RAM_SIZE"]), "kernel": "kernel"}
    for n, name in enumerate(["p", "q"]):
        at = BASE + n * SIZE
        s.images[name] = Image(elf32(at), more=RPU)
        s.contexts[name] = {"cluster": "rpu", "cpus": 1 << n, "memory": (at, SIZE), "image": name}
    return s


def run(command, system, *arguments, status=OK):
    return peerboot(command, "--board=versal", f"--fdt={TREE}", *arguments, system.write(), status=status)


def refused(system):
    """By check as by plan: (name, text) of the error."""
    said = run("check", system, status=REFUSED).stderr
    error = json.loads(run("plan", system, "--json", status=REFUSED).stdout)["error"]
    assert f"error {error['name']} " in said and error["text"] in said
    return error["name"], error["text"]


def test_two_instruction_sets(system):
    plan = json.loads(run("plan", system, "--json").stdout)
    linux, p, q = plan["contexts"]
    assert (linux["cluster"], linux["cores"], linux["bits"]) == ("apu", [0, 1], 64)
    assert [(c["cluster"], c["cores"], c["bits"]) for c in (p, q)] == [("rpu", [0x100], 32), ("rpu", [0x101], 32)]
    assert {"name": "loader vectors", "base": VECTORS, "size": MAP["VECTORS_SIZE"]}.items() <= next(
        c for c in plan["claims"] if c["name"] == "loader vectors").items()
    run("check", system)


def test_vectors_are_kept_from_linux(system, tmp_path):
    run("check", system, f"--linux-fdt={tmp_path / 'linux.dtb'}")
    tree = Fdt((tmp_path / "linux.dtb").read_bytes())
    node = tree.path_offset(f"/reserved-memory/vectors@{VECTORS:x}")
    assert tree.getprop(node, "no-map") == b""


@pytest.mark.parametrize("context, image, more", [
    ("p", elf64(BASE), APU),  # as it is
    ("p", elf64(BASE), RPU),  # whatever is said of it
    ("p", elf32(BASE), APU)])
def test_firmware_of_the_other_cluster_on_an_r5(system, context, image, more):
    system.images[context] = Image(image, more=more)
    assert refused(system)[0] == "CORE_WIDTH"


@pytest.mark.parametrize("more", [RPU, APU])
def test_firmware_for_an_r5_on_an_a72(system, more):
    system.contexts["linux"]["cpus"] = 0x1
    system.images["p"].more = more
    system.contexts["p"] |= {"cluster": "apu", "cpus": 0x2}
    assert refused(system)[0] == "CORE_WIDTH"


def test_linux_on_an_r5(system):
    del system.contexts["q"]
    system.contexts["p"]["cpus"] = 0x1
    system.contexts["linux"] |= {"cluster": "rpu", "cpus": 0x2}
    assert refused(system)[0] == "CORE_START"


@pytest.mark.parametrize("base", [0x80000000, MAP["LPD_BASE"], 0xfffc0000])
def test_outside_of_what_r5s_see(system, base):
    system.images["p"] = Image(elf32(base), more=RPU)
    name, text = refused(system)
    assert name == "OUTSIDE_VIEW" and "nothing that rpu sees; that is 0x0..0x80000000" in text


def test_vectors_of_an_image(system):
    """One that comes with its own: they are the other core's, too."""
    system.images["p"] = Image(elf32(VECTORS), more=RPU)
    system.contexts["p"]["memory"] = (VECTORS, SIZE)
    name, text = refused(system)
    assert name == "OVERLAP" and re.fullmatch(r"p memory 0x0+\.\.0x0*10000 overlaps loader vectors 0x0+\.\.0x0*1000", text)


def test_vectors_of_the_only_image(system):
    """As OpenAMP's linker script for R5s has them, in the TCM that silicon has there."""
    system.images["p"] = Image(elf32(VECTORS), more=RPU)
    system.contexts["p"]["memory"] = (VECTORS, SIZE)
    del system.contexts["q"]
    plan = json.loads(run("plan", system, "--json").stdout)
    assert not [c for c in plan["claims"] if c["name"] == "loader vectors"]
    run("check", system)
    thumb = bytearray(elf32(VECTORS))
    thumb[24] |= 1  # its entry: cores begin in Arm state
    system.images["p"] = Image(bytes(thumb), more=RPU)
    assert refused(system)[0] == "OVERLAP"


def test_one_core_twice(system):
    system.contexts["q"]["cpus"] = 0x1
    assert refused(system)[0] == "CORE_TWICE"


def test_third_r5(system):
    system.contexts["q"]["cpus"] = 0x4
    name, text = refused(system)
    assert name == "CORE_ABSENT" and text.endswith("in cluster rpu")


def test_map_shows_what_each_cluster_sees(system):
    drawn = run("map", system).stdout
    assert ">apu (linux) sees all where it is</text>" in drawn
    assert ">rpu (p, q) sees 00000000..80000000 where it is</text>" in drawn
    del system.contexts["p"], system.contexts["q"]
    system.manifest.data = b""
    assert "sees all where it is" in (drawn := run("map", system).stdout) and "rpu" not in drawn


def test_lock_step(system):
    """Which the model has not: both cores for one context are cores of their own."""
    system.contexts["p"]["lockstep"] = True
    name, text = refused(system)
    assert name == "MANIFEST_BROKEN" and "lockstep" in text


# --- Linux stops and starts R5s by their resets --------------------------------------------------

def numbers(tree, node, name, code):
    value = bytes(tree.getprop(node, name))
    return list(struct.unpack(f">{len(value) // struct.calcsize(code)}{code}", value))


def test_control_by_linux(system, tmp_path):
    """What its tree says of it, and where the copy is; the region is of whole pages."""
    system.contexts["linux"]["controls"] = "q"
    system.contexts["q"]["watchdog"] = [500, 3, 60]
    run("check", system, f"--linux-fdt={tmp_path / 'linux.dtb'}")
    tree = Fdt((tmp_path / "linux.dtb").read_bytes())
    q = tree.path_offset("/peerboot-resets/q@2")
    image, copy = system.images["q"].data, MAP["PRISTINE_BASE"]
    assert numbers(tree, q, "reg", "I") == [2]
    assert numbers(tree, q, "reset", "I") == [0, MAP["CRL_BASE"] + 0x300, 2, 2]
    assert numbers(tree, q, "watchdog", "I") == [500, 3, 60]
    assert numbers(tree, q, "fed", "I") == [0, MAP["FED_BASE"] + 4]
    assert numbers(tree, q, "copies", "Q") == [copy, len(image)]
    assert bytes(tree.getprop(q, "sha256")) == hashlib.sha256(image).digest()
    assert numbers(tree, q, "segments", "Q") == [BASE + SIZE, 16, copy + 84, 16]
    regions = tree.path_offset("/reserved-memory")
    kept = tree.subnode_offset(regions, f"pristine@{copy:x}")
    assert numbers(tree, kept, "reg", "Q") == [copy, 0x1000]
    assert tree.getprop(kept, "no-map") == b""
    assert tree.subnode_offset(regions, f"fed@{MAP['FED_BASE']:x}")
    assert tree.subnode_offset(tree.path_offset("/peerboot-resets"), "p@1", QUIET_NOTFOUND) < 0


def test_control_of_nobody(system, tmp_path):
    """R5s count all the same."""
    run("check", system, f"--linux-fdt={tmp_path / 'linux.dtb'}")
    tree = Fdt((tmp_path / "linux.dtb").read_bytes())
    assert tree.path_offset("/peerboot-resets", QUIET_NOTFOUND) < 0
    assert tree.path_offset(f"/reserved-memory/pristine@{MAP['PRISTINE_BASE']:x}", QUIET_NOTFOUND) < 0
    assert tree.path_offset(f"/reserved-memory/fed@{MAP['FED_BASE']:x}") > 0


@pytest.mark.parametrize("context, what, why", [
    ("p", {"controls": "q"}, "p controls q: on this board Linux alone stops and starts others"),
    ("p", {"controls": "linux"}, "p controls linux: on this board Linux alone stops and starts others"),
    ("linux", {"controls": "linux"}, "linux controls linux: its cores have no resets of their own"),
    ("linux", {"controls": ["q", "r"]}, "linux controls contexts that there are not"),
    ("p", {"watchdog": [500, 3, 60]}, "watchdog of p, which Linux does not control"),
    ("linux", {"watchdog": [500, 3, 60]}, "watchdog of linux, which Linux does not control"),
    ("p", {"secure": True}, "monitor's property secure"),
    ("linux", {"controls-power": True}, "monitor's property controls-power"),
    ("linux", {"controls-slots": True}, "monitor's property controls-slots")])
def test_control_that_takes_a_monitor(system, context, what, why):
    system.contexts[context] |= what
    name, text = refused(system)
    assert name == "MANIFEST_BROKEN" and why in text


def test_control_of_one_that_failed(system):
    """It is optional, and all else boots."""
    system.contexts["linux"]["controls"] = "q"
    system.contexts["q"] |= {"optional": True, "watchdog": [500, 3, 60]}
    system.images["q"].data = b"no ELF"
    run("check", system)


def test_control_of_a_context_on_an_a72(system):
    system.contexts["linux"] |= {"cpus": 0x1, "controls": "p"}
    system.images["p"] = Image(elf64(BASE), more=APU)
    system.contexts["p"] |= {"cluster": "apu", "cpus": 0x2}
    assert refused(system) == ("MANIFEST_BROKEN", "linux controls p: its cores have no resets of their own")
    del system.contexts["linux"]["controls"]
    system.manifest.data = b""
    run("check", system)


def test_no_room_for_copies(system):
    system.images["p"].data += bytes(MAP["PRISTINE_SIZE"])
    run("check", system)
    system.manifest.data = b""
    system.contexts["linux"]["controls"] = "p"
    assert refused(system)[0] == "STAGING_FULL"
