# SPDX-License-Identifier: BSD-2-Clause
"""Every error that stops a boot: its code, and that nothing was started."""
import struct

import libfdt
import pytest

from board import MAP, NAME
from firmware import PROGRAM_SIZE, Elf, peer
from its import Image, compile_tree
from refusal import assert_refused
from system import PEER_BASE, SGI, linked, small

@pytest.fixture
def system(tmp_path):
    return small(tmp_path)


# --- the slot and the FIT in it ----------------------------------------------------------------

def test_no_image(refused):
    refused("NO_IMAGE")


def test_bad_magic(refused, tmp_path):
    (tmp_path / "text").write_bytes(b"This is not a boot image.\n" * 100)
    refused("BAD_MAGIC", tmp_path / "text", unchecked=True)


def test_fit_longer_than_its_slot(refused, system):
    fit = system.write()
    data = bytearray(fit.read_bytes())
    struct.pack_into(">I", data, 4, MAP["SLOT_SIZE"] + 1)
    fit.write_bytes(data)
    refused("FIT_TRUNCATED", fit, unchecked=True)


def test_fit_cut_off(refused, system):
    fit = system.write()
    data = fit.read_bytes()
    fit.write_bytes(data[:len(data) * 3 // 4])
    refused("FIT_TRUNCATED", fit, unchecked=True)


def test_fit_broken(refused, system):
    fit = system.write()
    data = bytearray(fit.read_bytes())
    struct.pack_into(">I", data, 12, len(data))  # off_dt_strings
    fit.write_bytes(data)
    refused("FIT_BROKEN", fit)


def test_no_configuration(refused, system):
    system.fit.default = "another"
    refused("NO_CONFIGURATION", system.write())


# --- hashes ------------------------------------------------------------------------------------

@pytest.mark.parametrize("image", ["p", "kernel", "manifest"])
def test_image_without_hash(refused, system, image):
    system.images.setdefault("manifest", system.manifest)
    system.images[image].hashes = ()
    refused("NO_HASH", system.write())


@pytest.mark.parametrize("algorithm, loader", [("md5", "plain"), ("sha1", "small")])
def test_unknown_hash_algorithm(refused, system, algorithm, loader):
    system.images["p"].hashes = (algorithm,)  # mkimage knows it, the loader does not
    refused("HASH_UNKNOWN", system.write(), loader=loader)


def test_unknown_hash_beside_a_good_one(refused, system):
    system.images["p"].hashes = ("sha256", "md5")
    refused("HASH_UNKNOWN", system.write())


@pytest.mark.parametrize("flags", [(), ("-E",)], ids=["inline", "external"])
@pytest.mark.parametrize("algorithm", ["crc32", "sha1", "sha256"])
@pytest.mark.parametrize("image", ["p", "kernel", "manifest"])
def test_wrong_hash(refused, system, image, algorithm, flags):
    system.images.setdefault("manifest", system.manifest)
    system.images[image].hashes = (algorithm,)
    fit = system.write(*flags)
    data = fit.read_bytes()
    content = system.images[image].data
    at = data.index(content) + len(content) - 1
    assert data.count(content) == 1
    fit.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
    refused("HASH_WRONG", fit)


def test_second_hash_wrong(refused, system):
    """All hashes of an image count, not just the first."""
    system.images["p"].hashes = ("sha256", "crc32")
    fit = system.write()
    tree = libfdt.Fdt(fit.read_bytes())
    node = tree.path_offset("/images/p/hash-2")
    value = bytearray(tree.getprop(node, "value"))
    value[0] ^= 1
    tree.setprop(node, "value", bytes(value))
    fit.write_bytes(tree.as_bytearray())
    refused("HASH_WRONG", fit)


# --- images --------------------------------------------------------------------------------------

def test_missing_image(refused, system):
    system.contexts["p"]["image"] = "nobody"
    refused("IMAGE_MISSING", system.write())


def test_missing_manifest(refused, system):
    del system.configuration["manifest"]
    refused("IMAGE_MISSING", system.write())


def test_image_data_outside_the_slot(refused, system):
    fit = system.write("-E")
    tree = libfdt.Fdt(bytearray(fit.read_bytes()))
    node = tree.path_offset("/images/p")
    tree.setprop(node, "data-size", struct.pack(">I", MAP["SLOT_SIZE"]))
    fit.write_bytes(tree.as_bytearray())
    refused("IMAGE_DATA", fit)


def test_image_data_over_anothers(refused, system):
    fit = system.write("-E")
    tree = libfdt.Fdt(bytearray(fit.read_bytes()))
    kernel = tree.getprop(tree.path_offset("/images/kernel"), "data-offset")
    tree.setprop(tree.path_offset("/images/p"), "data-offset",
                         struct.pack(">I", kernel.as_uint32() + 4))
    fit.write_bytes(tree.as_bytearray())
    refused("IMAGE_DATA", fit)


@pytest.mark.needs("without decompression")
def test_compressed_image(refused, system):
    system.images["p"].compression = "gzip"
    refused("IMAGE_FORMAT", system.write())


def broken_elf(system, change):
    elf = Elf(system.images["p"].data)
    change(elf)
    system.images["p"].data = elf.bytes()
    return system.write()


@pytest.mark.parametrize("code, change", [
    ("ELF_MACHINE", lambda elf: elf.header("machine", 243)),
    ("ELF_CLASS", lambda elf: elf.header("class", 3)),
    ("ELF_CLASS", lambda elf: elf.header("data", 2)),
    ("ELF_TYPE", lambda elf: elf.header("type", 3)),
    ("ELF_BROKEN", lambda elf: elf.header("phoff", elf.addresses - 0x10)),
    ("ELF_BROKEN", lambda elf: elf.segment(0, "filesz", elf.segment(0, "memsz") + 1)),
    ("ELF_BROKEN", lambda elf: elf.segment(0, "offset", 0xffffffff)),
    ("ELF_ENTRY", lambda elf: elf.header("entry", PEER_BASE + PROGRAM_SIZE)),
    ("ELF_ENTRY", lambda elf: elf.segment(0, "flags", 6)),
    ("OVERFLOW", lambda elf: elf.segment(1, "paddr", elf.addresses - 0x10)),
    ("OUTSIDE_RAM", lambda elf: elf.segment(1, "paddr", MAP["RAM_BASE"] + MAP["RAM_SIZE"] - 4)),
    ("OUTSIDE_RAM", lambda elf: elf.segment(1, "paddr", MAP["UART_BASE"])),
    ("OUTSIDE_RAM", lambda elf: elf.segment(1, "paddr", MAP["FLASH_BASE"])),
    ("OUTSIDE_MEMORY", lambda elf: elf.segment(1, "paddr", PEER_BASE + 0x100000)),
    ("OVERLAP", lambda elf: elf.segment(1, "paddr", MAP["LOADER_RAM_BASE"])),
    ("OVERLAP", lambda elf: elf.segment(1, "paddr", MAP["LOADER_RAM_BASE"]
                                        + MAP["LOADER_RAM_SIZE"] - 4)),
    ("OVERLAP", lambda elf: elf.segment(1, "paddr", MAP["RECORD_BASE"])),
    pytest.param("OVERLAP", lambda elf: elf.segment(1, "paddr", MAP["BOARD_FDT_BASE"] + 0x100),
                 marks=pytest.mark.needs("tree")),
    ("OVERLAP", lambda elf: elf.segment(1, "paddr", elf.segment(0, "paddr"))),
], ids=["machine", "class", "byte-order", "type", "headers-outside", "file-larger-than-memory",
        "segment-outside-file", "entry-outside", "entry-not-executable", "wraps", "past-ram",
        "over-device", "over-flash", "outside-own-memory", "over-loader", "over-loader-end",
        "over-record", "over-board-tree", "over-itself"])
def test_elf(refused, system, code, change):
    refused(code, broken_elf(system, change))


def test_elf_without_its_end(refused, system):
    system.images["p"].data = system.images["p"].data[:40]
    refused("ELF_BROKEN", system.write())


def test_zimage_broken(refused, system):
    """The magic of a zImage, but an end before its start."""
    data = bytearray(system.images["kernel"].data.ljust(256, b"\0"))
    struct.pack_into("<III", data, 0x24, 0x016F2818, 0x1000, 0x10)
    system.images["kernel"].data = bytes(data)
    refused("ZIMAGE_BROKEN", system.write())


@pytest.mark.parametrize("where", [PEER_BASE, PEER_BASE + 0x10, PEER_BASE + PROGRAM_SIZE - 4])
def test_two_images_overlap(refused, system, where):
    system.images["q"] = Image(peer(PEER_BASE + 0x100000))
    elf = Elf(system.images["q"].data)
    elf.segment(1, "paddr", where)
    system.images["q"].data = elf.bytes()
    system.contexts["q"] = {"cpus": 0x8, "image": "q", "memory": (PEER_BASE + 0x100000, 0x10000)}
    refused("OVERLAP", system.write())


@pytest.mark.parametrize("over", ["kernel", "tree", "peer", "loader"])
def test_ramdisk_over(refused, system, over):
    load = {"kernel": system.images["kernel"].load, "tree": MAP["FDT_BASE"], "peer": PEER_BASE,
            "loader": MAP["LOADER_RAM_BASE"]}[over]
    system.images["ramdisk"] = Image(b"070701" * 1000, type="ramdisk", load=load + 0x100)
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    refused("OVERLAP", system.write())


def test_image_over_the_tree(refused, system):
    """A context without memory of its own may be anywhere, but not over Linux's tree."""
    del system.contexts["p"]["memory"]
    elf = Elf(system.images["p"].data)
    elf.segment(1, "paddr", MAP["FDT_BASE"] + 0x100)
    system.images["p"].data = elf.bytes()
    refused("OVERLAP", system.write())


# --- the manifest --------------------------------------------------------------------------------

def test_manifest_is_no_tree(refused, system):
    system.manifest.data = b"nonsense" * 32
    refused("FDT_BROKEN", system.write())


def test_manifest_with_unknown_property(refused, system):
    system.contexts["p"]["optionl"] = True
    refused("MANIFEST_BROKEN", system.write())


def test_core_named_twice(refused, system):
    system.contexts["linux"]["cpus"] = 0x5
    refused("CORE_TWICE", system.write())


def test_core_that_is_not_there(refused, system):
    system.contexts["p"]["cpus"] = 0x100
    refused("CORE_ABSENT", system.write())


def test_too_many_contexts(refused, system):
    for n in range(8):
        system.contexts[f"q{n}"] = {"cpus": 0x100 << n, "image": "p"}
    refused("TOO_MANY", system.write())


@pytest.fixture
def links(tmp_path, build):
    return linked(tmp_path, build)


@pytest.mark.parametrize("code, link", [
    ("LINK_TO_NOBODY", {"ends": ["linux", "nobody"]}),
    ("LINK_TO_NOBODY", {"ends": ["b", "b"]}),
    ("LINK_ROLES", {"roles": ["master", "master"]}),
    ("LINK_METHOD", {"method": "handshake", "table": "linux"}),
    ("TABLE_MISSING", {"table": "linux"}),
    ("TABLE_NO_ROOM", {"method": "static", "memory": (MAP["LINK_B_BASE"], 0x46000)}),
    ("MANIFEST_BROKEN", {"vrings": (256, 4096)}),
    ("MANIFEST_BROKEN", {"method": "static", "vdev": 0}),
    ("LINK_DOORBELL", {"doorbells": [SGI, 8, SGI, 8]}),
    ("TABLE_NO_VDEV", {"vdev": 3}),
    ("TABLE_NO_ROOM", {"memory": (MAP["LINK_B_BASE"], 0x4000)}),
    ("OVERLAP", {"memory": (MAP["LINK_C_BASE"], MAP["LINK_SIZE"])}),
    ("OUTSIDE_RAM", {"memory": (MAP["RAM_BASE"] + MAP["RAM_SIZE"], MAP["LINK_SIZE"])}),
])
def test_link(refused, links, code, link):
    links.links["linux-b"].update(link)
    refused(code, links.write())


# --- resource tables -----------------------------------------------------------------------------

def test_table_missing(refused, links):
    elf = Elf(links.images["b"].data)
    name = links.images["b"].data.index(b".resource_table\0")
    elf.data[name:name + 4] = b".not"
    links.images["b"].data = elf.bytes()
    refused("TABLE_MISSING", links.write())


def test_table_not_where_the_manifest_says(refused, links):
    links.contexts["b"]["resource-table"] = (MAP["TABLE_B_BASE"] + 0x1000, 0x1000)
    refused("TABLE_MISPLACED", links.write())


def test_table_larger_than_the_manifest_says(refused, links):
    links.contexts["b"]["resource-table"] = (MAP["TABLE_B_BASE"], 16)
    refused("TABLE_MISPLACED", links.write())


def change_table(links, change):
    elf = Elf(links.images["b"].data)
    section = elf.find_section(".resource_table")
    change(elf, section)
    links.images["b"].data = elf.bytes()
    return links.write()


def test_table_section_outside_the_segments(refused, links):
    refused("TABLE_MISPLACED", change_table(
        links, lambda elf, n: elf.section(n, "addr", elf.section(n, "addr") + 0x100000)))


@pytest.mark.parametrize("offset, word", [(0, 2), (4, 0x40000001), (8, 1), (16, 0xfffffffc)],
                         ids=["version", "count", "reserved", "offset"])
def test_table_broken(refused, links, offset, word):
    def change(elf, n):
        struct.pack_into("<I", elf.data, elf.section(n, "offset") + offset, word)

    refused("TABLE_BROKEN", change_table(links, change))


def test_link_of_which_an_end_is_not_told(refused, links):
    """An image without a table can't be told of a link that another's table describes."""
    links.links["linux-b"].update(ends=["c", "b"], doorbells=(0, 0, SGI, 8))
    links.images["c"].data = links.images["c"].data.replace(b".resource_table\0",
                                                            b".nosource_table\0")
    del links.links["linux-c"]
    refused("TABLE_NO_LINK", links.write())


@pytest.mark.parametrize("change", [{"method": "handshake"},
                                    {"roles": ["symmetric", "symmetric"], "table": "b"}],
                         ids=["handshake", "symmetric"])
def test_ordinary_firmware_takes_no_more_than_preset(refused, links, build, change):
    links.images["b"].data = (build / NAME / "images/classic.elf").read_bytes()
    links.links["linux-b"].update(change)
    refused("TABLE_NO_LINK", links.write())


@pytest.mark.parametrize("code, context", [
    ("TABLE_MISPLACED", {"k3-carveout": (MAP["TABLE_B_BASE"], 0x20000)}),  # more than 256 bytes
    ("TABLE_MISPLACED", {"k3-carveout": (MAP["TABLE_B_BASE"] - 0x1000, 0x20000)}),
    ("OVERLAP", {"xamp": (MAP["TABLE_B_BASE"], 0x1000)}),
    ("OUTSIDE_MEMORY", {"xamp": (MAP["KERNEL_BASE"] + 0x1000000, 0x1000)}),
])
def test_table_for_others_drivers(refused, links, code, context):
    links.contexts["b"].update(context)
    refused(code, links.write())


@pytest.mark.parametrize("code, image", [("IMAGE_MISSING", "nobody"), ("TABLE_MISSING", "kernel")])
def test_table_image(refused, links, code, image):
    links.contexts["linux"]["table-image"] = image
    refused(code, links.write())


# --- device tree -----------------------------------------------------------------------------------

def board_tree(**more):
    """A tree like QEMU's, with the least that Linux's must have."""
    cpus = {f"cpu@{n}": {"device_type": "cpu", "compatible": "arm,cortex-a15", "reg": n}
            for n in range(4)}
    return {"#address-cells": 2, "#size-cells": 2, "interrupt-parent": 1,
            "compatible": "linux,dummy-virt", **more,
            "intc@8000000": {"compatible": "arm,cortex-a15-gic", "#interrupt-cells": 3,
                             "interrupt-controller": True, "phandle": 1,
                             "reg": (0, MAP["GICD_BASE"], 0, 0x1000, 0, MAP.get("GICC_BASE", 0), 0, 0x1000)},
            "cpus": {"#address-cells": 1, "#size-cells": 0, **cpus},
            "memory@40000000": {"device_type": "memory",
                                "reg": (0, MAP["RAM_BASE"], 0, MAP["RAM_SIZE"])}}


def write_tree(tmp_path):
    """The same as a file, for a machine that has it in place of its own."""
    path = tmp_path / "machine.dtb"
    path.write_bytes(compile_tree(tmp_path, "board", board_tree()))
    return path


def with_tree(system, data, *flags):
    system.images["fdt"] = Image(data, type="flat_dt")
    system.contexts["linux"]["fdt"] = "fdt"
    return system.write(*flags)


def test_tree_from_the_boot_image(boot, system, tmp_path):
    """The good case of those below: they fail for their own reason only."""
    t = boot(with_tree(system, compile_tree(tmp_path, "board", board_tree())))
    assert not t.errors and t.of("enter")


def test_tree_broken(refused, system, tmp_path):
    data = bytearray(compile_tree(tmp_path, "board", board_tree()))
    struct.pack_into(">I", data, 8, len(data))  # off_dt_struct
    refused("FDT_BROKEN", with_tree(system, bytes(data)))


def test_tree_cut_off(refused, system, tmp_path):
    data = compile_tree(tmp_path, "board", board_tree())
    refused("FDT_BROKEN", with_tree(system, data[:len(data) // 2]))


def test_tree_with_wrong_hash(refused, system, tmp_path):
    data = compile_tree(tmp_path, "board", board_tree())
    fit = with_tree(system, data)
    blob = fit.read_bytes()
    at = blob.index(data) + len(data) - 1
    fit.write_bytes(blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1:])
    refused("HASH_WRONG", fit)


LARGE = board_tree(large=["x" * MAP["FDT_SIZE"]])


def test_tree_full(refused, system, tmp_path):
    """More than the room that the board has for Linux's tree."""
    data = compile_tree(tmp_path, "board", LARGE)
    refused("FDT_FULL", with_tree(system, data, "-E", "-B", "8"))


def test_tree_full_where_it_has_to_be_moved(refused, system, tmp_path):
    """In-line at an odd multiple of 4, and longer than all of the loader's own memory."""
    data = compile_tree(tmp_path, "board", LARGE)
    fit = with_tree(system, data)
    if fit.read_bytes().index(data) % 8 == 0:
        system.fit.images = system.images = {"a": Image(b"four"), **system.images}
        fit = system.write()
    assert fit.read_bytes().index(data) % 8 == 4
    refused("FDT_FULL", fit)


# --- starting ----------------------------------------------------------------------------------------

@pytest.mark.needs("tree", "psci")
def test_psci_refuses(boot, system, tmp_path):
    """The board's own tree says four cores, the machine has two."""
    t = boot(system.write(), smp=2, extra=f"-dtb {write_tree(tmp_path)}")
    assert_refused(t, "CORE_START")
    assert t.errors[0].stage == "start"
