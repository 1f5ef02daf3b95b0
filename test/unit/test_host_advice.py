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

VDEV, VRING, VRING_SIZE = 3, 28, 20
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
