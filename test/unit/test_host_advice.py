# SPDX-License-Identifier: BSD-2-Clause
"""peerboot check says what there would have to be: sentences for whoever has to mend an input."""
import struct

import pytest

from host_command import BUILD, REFUSED, TREE, peerboot
from board import MAP
from firmware import Elf
from its import Image, compile_tree
from system import linked
from test_errors import board_tree

CARVEOUT, VDEV, VRING, VRING_SIZE = 0, 3, 28, 20
LINK, SIZE = MAP["LINK_B_BASE"], MAP["LINK_SIZE"]


@pytest.fixture
def system(tmp_path):
    return linked(tmp_path, BUILD)


def said(system, fdt=TREE):
    return peerboot("check", "--board=virt", f"--fdt={fdt}", system.write(), status=REFUSED).stderr


class Table:
    """The one of echo-b, in its ELF."""

    def __init__(self, system):
        self.image = system.images["b"]
        self.elf = Elf(self.image.data)
        self.section = self.elf.find_section(".resource_table")
        self.at = self.elf.section(self.section, "offset")

    def words(self, at, *values):
        struct.pack_into(f"<{len(values)}I", self.elf.data, self.at + at, *values)
        self.image.data = bytes(self.elf.data)

    def vring(self, n, *da_align_num):
        num = struct.unpack_from("<I", self.elf.data, self.at + 4)[0]
        for offset in struct.unpack_from(f"<{num}I", self.elf.data, self.at + 16):
            if struct.unpack_from("<I", self.elf.data, self.at + offset)[0] == VDEV:
                self.words(offset + VRING + n * VRING_SIZE, *da_align_num)


ANY = 0xffffffff


def test_what_is_in_the_way(system):
    """Of 0x80000 bytes all take less, but not in one piece."""
    Table(system).vring(0, LINK + SIZE // 2, 0x1000, 256)
    text = said(system)
    assert "TABLE_NO_ROOM (-53) in plan: linux-b: no room for buffer, 0x40000 bytes" in text
    assert f"; in it vring0 {LINK + SIZE // 2:#x}..0x" in text
    assert f"; in it vring1 {LINK:#x}.." in text


@pytest.mark.parametrize("vring", [(ANY, 0x1000, 17), (ANY, 3, 256), (ANY, 0x1000, 0x10000)])
def test_vring_of_odd_numbers(system, vring):
    Table(system).vring(0, *vring)
    Table(system).vring(1, *vring)
    text = said(system)
    assert f"num {vring[2]}, align {vring[1]:#x}; wanted: powers of two, num up to 32768, align up to 0x10000" in text


def test_link_above_4_gib(system):
    system.links["linux-b"]["memory"] = (0x100000000, SIZE)
    assert "TABLE_NO_ROOM (-53) in plan: linux-b" in said(system) and "; wanted: memory below 4 GiB" in said(system)


@pytest.mark.parametrize("head, wanted", [
    ((2, 1), "version 2, num 1, reserved 0x0 0x0; wanted: version 1"),
    ((1, 1, 5), "reserved 0x5 0x0; wanted: reserved words of 0"),
    ((1, 1000), "num 1000, reserved 0x0 0x0; cut off: 1000 entries have 0xfb0"),
])
def test_head_of_a_table(system, head, wanted):
    Table(system).words(0, *head)
    assert wanted in said(system)


def test_table_that_is_cut_off(system):
    table = Table(system)
    table.elf.section(table.section, "size", 8)
    system.images["b"].data = bytes(table.elf.data)
    assert "0x8 bytes, version 1, num 10, reserved 0x0 0x0; cut off: its head has 0x10" in said(system)


def test_physical_addresses_that_are_none(system):
    """Some linkers leave p_paddr 0."""
    elf = Elf(system.images["b"].data)
    n = elf.loads()[0]
    elf.segment(n, "paddr", 0)
    system.images["b"].data = bytes(elf.data)
    text = said(system)
    assert "OUTSIDE_RAM (-41)" in text and "b segment by p_paddr (p_vaddr is RAM)" in text and "0 0x00000000.." in text


@pytest.mark.parametrize("version, compatible, number", [(16, 16, 0x10), (18, 18, 0x12)])
def test_tree_of_another_version(system, tmp_path, version, compatible, number):
    tree = bytearray(compile_tree(tmp_path, "board", board_tree()))
    struct.pack_into(">II", tree, 20, version, compatible)
    system.images["fdt"] = Image(bytes(tree), type="flat_dt")
    system.contexts["linux"]["fdt"] = "fdt"
    assert f"version other than 17, which dtc writes, ({number:#x})" in said(system)


@pytest.mark.parametrize("string, sentence", [(("a", "b"), "bootargs (4 bytes); wanted: 1 strings")])
def test_boot_arguments_that_are_two(system, string, sentence):
    system.contexts["linux"]["bootargs"] = list(string)
    assert sentence in said(system)


def test_vdev_that_is_not_there(system):
    system.links["linux-b"]["vdev"] = 3
    assert "TABLE_NO_VDEV (-54)" in said(system) and "virtio id 0 with 0; the table has 3 vdevs" in said(system)


def test_carveout_that_takes_the_room(system):
    table = Table(system)
    last = struct.unpack_from("<10I", table.elf.data, table.at + 16)[9]  # a reference that nobody needs
    table.words(last, CARVEOUT, ANY, ANY, 0x40000, 0, 0, *struct.unpack("<2I", b"heap\0\0\0\0"))
    text = said(system)
    assert "TABLE_NO_ROOM (-53) in plan: linux-b: no room for buffer" in text
    assert f"; in it b carve-out heap {LINK:#010x}..{LINK + 0x40000:#010x}" in text


def test_buffers_that_nobody_asked_for(system):
    Table(system).vring(1, ANY, 0x1000, 128)
    assert "LINK_LIMITS (-39)" in said(system) and "not 256 and 256 of 512 in 256 and 128" in said(system)


def test_more_buffers_than_descriptors(system):
    system.links["linux-b"].update(roles=["remote", "master"], buffers=(300, 8, 512), table="b")
    assert "TABLE_NO_ROOM (-53)" in said(system) and "; wanted: up to 256 buffers" in said(system)


def test_overlay_in_place_of_a_tree(system, tmp_path):
    overlay = compile_tree(tmp_path, "lcd", "/dts-v1/; /plugin/; &{/soc} { lcd { }; };")
    system.images["lcd"] = Image(overlay, type="flat_dt")
    system.contexts["linux"]["fdt"] = "lcd"
    assert "FDT_BROKEN (-61) in plan: device tree: image lcd is an overlay: name it by overlays, not by fdt" in said(system)


def without(tree, *names):
    return {name: value for name, value in tree.items() if name not in names}


CPUS = board_tree()["cpus"]


@pytest.mark.parametrize("change, words", [
    (lambda t: without(t, "#size-cells"), "; / has #address-cells 2, no #size-cells"),
    (lambda t: {**t, "#address-cells": 3}, "; / has #address-cells 3, #size-cells 2"),
    (lambda t: {**t, "#address-cells": [2, 2]}, "; / has #address-cells of 8 bytes, #size-cells 2"),
    (lambda t: {**t, "cpus": {**CPUS, "#address-cells": 4}}, "; /cpus has #address-cells 4, #size-cells 0"),
    (lambda t: {**t, "reserved-memory": {"#address-cells": 1, "#size-cells": 1, "ranges": True}},
     "; /reserved-memory has #address-cells 1, #size-cells 1; / has #address-cells 2, #size-cells 2"),
    (lambda t: {**t, "memory@40000000": {"device_type": "memory", "reg": (0xffffffff, 0xfffff000, 0, 0x2000)}},
     "; 0x2000 bytes at 0xfffffffffffff000 pass the end of all addresses"),
])
def test_cells_that_are_none(system, tmp_path, change, words):
    (tmp_path / "odd.dtb").write_bytes(compile_tree(tmp_path, "odd", change(board_tree())))
    assert "FDT_BROKEN (-61)" in said(system, tmp_path / "odd.dtb") and words in said(system, tmp_path / "odd.dtb")


@pytest.mark.parametrize("core, words", [
    ({"reg": 0x100}, "; cpu@2 is none of the board's, by reg 0x100"), ({"reg": None}, "; cpu@2 has a reg of 0 bytes"),
])
def test_cores_of_another_board(system, tmp_path, core, words):
    cpus = {**CPUS, "cpu@2": {**CPUS["cpu@2"], **core}}
    (tmp_path / "odd.dtb").write_bytes(compile_tree(tmp_path, "odd", {**board_tree(), "cpus": cpus}))
    assert "CORE_ABSENT (-32)" in said(system, tmp_path / "odd.dtb") and words in said(system, tmp_path / "odd.dtb")


@pytest.mark.parametrize("front, code", [(bytes(0x200), "NO_IMAGE (-1)"), (b"\xff" * 0x1000, "NO_IMAGE (-1)"),
                                         (b"\x27\x05\x19\x56" + bytes(60), "BAD_MAGIC (-2)")])
def test_boot_image_further_on(system, tmp_path, front, code):
    (tmp_path / "behind.itb").write_bytes(front + system.write().read_bytes())
    text = peerboot("check", "--board=virt", f"--fdt={TREE}", tmp_path / "behind.itb", status=REFUSED).stderr
    assert code in text and f"; a FIT is at {len(front):#x}\n" in text


@pytest.mark.parametrize("where", [{}, {"load": 0x42000000, "entry": 0x42000000}])
def test_empty_image(system, where):
    system.images["b"] = Image(b"", **where)
    assert "IMAGE_DATA (-10) in plan: image b: empty" in said(system)


def test_number_of_segments(system):
    elf = Elf(system.images["b"].data)
    load, at = elf.loads()[0], len(elf.data)
    header = elf.data[elf.header("phoff") + 32 * load:][:32]
    for n in range(40):
        one = bytearray(header)
        struct.pack_into("<5I", one, 4, 0, 0x70000000 + n * 0x1000, 0x70000000 + n * 0x1000, 0, 16)
        elf.data += one
    elf.header("phoff", at)
    elf.header("phnum", 40)
    system.images["b"].data = bytes(elf.data)
    assert "TOO_MANY_SEGMENTS (-26) in plan: image b: more than 32 segments: 40" in said(system)


# --- names that the boot image has not ----------------------------------------------------------------

def test_which_images_there_are(system):
    system.contexts["b"]["image"] = "d"
    assert "IMAGE_MISSING (-9) in plan: image d: not in the boot image; there are: kernel b c manifest\n" in said(system)


def test_which_configurations_there_are(system):
    system.fit.default, system.fit.more["other"] = "cnof", {"manifest": "manifest"}
    text = said(system)
    assert "NO_CONFIGURATION (-5) in find: boot image: configuration cnof is not there; there are: conf other\n" in text


def test_image_without_a_hash(system):
    system.images["b"].hashes = ()
    assert "NO_HASH (-6) in plan: image b: " in said(system) and """; in the .its its node needs: hash-1 { algo = "sha256"; };""" in said(system)


@pytest.mark.parametrize("name, meant", [("cpu", "cpus"), ("bootarg", "bootargs"), ("resource_table", "resource-table"),
                                         ("watchdogs", "watchdog"), ("zzz", None)])
def test_property_that_is_misspelled(system, name, meant):
    """The nearest one in front of all."""
    system.contexts["linux"][name] = 1
    text = said(system)
    assert f"unknown property {name}; " + (f"did you mean {meant}?; known: cpus " if meant else "known: cpus ") in text


@pytest.mark.parametrize("name, meant", [("doorbel", "doorbells"), ("role", "roles")])
def test_property_of_a_link_that_is_misspelled(system, name, meant):
    system.links["linux-b"][name] = 1
    assert f"unknown property {name}; did you mean {meant}?; known: " in said(system)
