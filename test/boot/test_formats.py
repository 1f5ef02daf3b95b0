# SPDX-License-Identifier: BSD-2-Clause
"""Boot images that are good, in every form that mkimage makes, and images in every format."""
import struct

import pytest

from board import ARCH, MAP, SETTINGS
from firmware import (ALIVE, PROGRAM_SIZE, WITNESS_BASE, ZEROED, Elf, elf32, elf64, flat, mark_of,
                      peer, witness)
from its import Image, compile_tree, manifest, run
from system import PEER_BASE, bare, small
from test_errors import board_tree

RUNS_ON_CORE_2 = ALIVE | ZEROED | 2


def assert_boots(t):
    assert not t.errors
    assert {r.result for r in t.records} == {"OK"}
    assert t.word("core") == 0
    assert t.word("dirt") == 0
    assert [mark for mark, _ in t.marks().values()] == [RUNS_ON_CORE_2]


@pytest.fixture
def system(tmp_path):
    return small(tmp_path)


@pytest.mark.parametrize("flags", [(), ("-E",), ("-E", "-p", "0x4000"), ("-E", "-B", "0x1000")],
                         ids=["inline", "external", "position", "aligned"])
def test_where_data_is(boot, system, flags):
    assert_boots(boot(system.write(*flags)))


@pytest.mark.parametrize("hashes, loader", [
    (("crc32",), "plain"), (("sha1",), "plain"), (("sha256",), "plain"),
    (("crc32", "sha1", "sha256"), "plain"), (("crc32", "sha256"), "small"),
], ids=lambda x: x if isinstance(x, str) else "-".join(x))
def test_hash_algorithms(boot, system, hashes, loader):
    system.images.setdefault("manifest", system.manifest)
    for image in system.images.values():
        image.hashes = hashes
    t = boot(system.write(), loader=loader)
    assert_boots(t)
    assert bool(t.plan()) == (loader == "plain")


def test_image_without_hash_that_is_allowed(boot, system):
    system.images["p"].hashes = ()
    system.contexts["p"]["allow-unhashed"] = True
    assert_boots(boot(system.write()))


def test_slot_b_is_carried(boot, system, tmp_path):
    """What is in the other slot, a good boot image or not, does not matter."""
    other = small(tmp_path / "other").write()
    assert_boots(boot(system.write(), slot_b=other))
    (tmp_path / "junk").write_bytes(b"junk" * 1000)
    assert_boots(boot(system.write(), slot_b=tmp_path / "junk", unchecked=True))


@pytest.mark.parametrize("thumb", [False, True], ids=["arm", "thumb"])
def test_elf_of_either_state(boot, tmp_path, thumb):
    """Started (the peer) and entered (the witness), in the state of the ELF's entry."""
    system = bare(tmp_path)
    system.images["w"].data = witness([mark_of(PEER_BASE)], thumb=thumb)
    system.images["p"].data = peer(PEER_BASE, thumb=thumb)
    assert_boots(boot(system.write()))


def test_bss_is_cleared_in_dirty_ram(boot, system, tmp_path):
    """QEMU fills the peer's code and data with ones before reset, but not where it leaves its mark."""
    (tmp_path / "ones").write_bytes(b"\xff" * (PROGRAM_SIZE // 2))
    assert_boots(boot(system.write(), extra="-device loader,force-raw=on,"
                      f"file={tmp_path / 'ones'},addr={PEER_BASE:#x}"))


def test_tree_from_the_boot_image(boot, system, tmp_path):
    data = compile_tree(tmp_path, "board", board_tree(model="from the boot image"))
    system.images["fdt"] = Image(data, type="flat_dt")
    system.contexts["linux"]["fdt"] = "fdt"
    t = boot(system.write())
    assert_boots(t)
    assert b"from the boot image" in t.tree()


@pytest.mark.once
@pytest.mark.parametrize("padding", range(4, 36, 4))
def test_tree_at_any_place_of_the_boot_image(boot, system, tmp_path, padding):
    """In-line data is at a multiple of 4 only; that must not matter."""
    data = compile_tree(tmp_path, "board", board_tree())
    system.fit.images = system.images = {"a": Image(bytes(padding)), **system.images,
                                         "fdt": Image(data, type="flat_dt")}
    system.contexts["linux"]["fdt"] = "fdt"
    assert_boots(boot(system.write()))


def test_raw_image_of_a_peer(boot, system):
    system.images["p"] = Image(flat(peer(PEER_BASE, thumb=False)),
                               load=PEER_BASE, entry=PEER_BASE)
    assert_boots(boot(system.write()))


def test_no_linux(boot, tmp_path):
    """Bare metal everywhere: no device tree is made."""
    t = boot(bare(tmp_path).write())
    assert_boots(t)
    assert not t.of("fdt")


def test_nobody_on_the_loaders_core(machine, tmp_path):
    system = bare(tmp_path)
    del system.contexts["w"], system.images["w"]
    t = machine(system.write()).until(r"^peerboot: .* enter .*$")
    assert [r.what for r in t.of("start")] == ["p core 2"]
    assert not t.errors


def test_segments_in_several_memories(boot, system):
    """Code here, data there: each PT_LOAD goes to its own place."""
    elf = Elf(system.images["p"].data)
    elf.segment(1, "paddr", MAP["PEER_C_BASE"])
    system.images["p"].data = elf.bytes()
    system.contexts["p"]["memory"] = (PEER_BASE, PROGRAM_SIZE, MAP["PEER_C_BASE"], PROGRAM_SIZE)
    t = boot(system.write())
    assert_boots(t)
    assert [r.size for r in t.of("load") if r.address == MAP["PEER_C_BASE"]] == \
        [elf.segment(1, "memsz")]


def test_load_records_name_every_segment(boot, system):
    t = boot(system.write())
    loaded = {(r.address, r.size) for r in t.of("load")}
    kernel = len(system.images["kernel"].data)
    assert (WITNESS_BASE, kernel) in loaded
    assert len([r for r in t.of("load") if PEER_BASE <= r.address < PEER_BASE + PROGRAM_SIZE]) == 2


# --- uImage ------------------------------------------------------------------------------------

def uimage(folder, data, kind, load, entry):
    """What mkimage makes of it, with a header of its own."""
    (folder / "plain").write_bytes(data)
    run(["mkimage", "-A", SETTINGS["FIT_ARCH"], "-O", "linux", "-T", kind, "-C", "none", "-a", hex(load),
         "-e", hex(entry), "-d", folder / "plain", folder / "uimage"])
    return (folder / "uimage").read_bytes()


def test_uimages_inside(boot, system, tmp_path):
    """A raw peer and Linux's stand-in, each where its own header says, not where the FIT does."""
    data = flat(peer(PEER_BASE, thumb=False))
    system.images["p"] = Image(uimage(tmp_path, data, "standalone", PEER_BASE, PEER_BASE),
                               load=0x50000000, entry=0x50000000)
    kernel = system.images["kernel"]
    kernel.data = uimage(tmp_path, kernel.data, "kernel", WITNESS_BASE, WITNESS_BASE)
    kernel.load = kernel.entry = None
    t = boot(system.write())
    assert_boots(t)
    assert (WITNESS_BASE, len(kernel.data) - 64) in {(r.address, r.size) for r in t.of("load")}


def test_uimage_of_an_elf(boot, system, tmp_path):
    p = system.images["p"]
    p.data = uimage(tmp_path, p.data, "firmware", 0, 0)
    assert_boots(boot(system.write()))


@pytest.mark.parametrize("at, loader, code", [
    (40, "plain", "UIMAGE_BROKEN"), (-1, "plain", "UIMAGE_BROKEN"), (-1, "small", "IMAGE_FORMAT"),
], ids=["header", "data", "small"])
def test_uimage_that_was_changed(refused, system, tmp_path, at, loader, code):
    """Its own CRCs find it, before anything is loaded: the FIT's hash is of the changed one. The loader
    without features looks at none."""
    data = bytearray(uimage(tmp_path, system.images["p"].data, "firmware", 0, 0))
    data[at] ^= 1
    system.images["p"].data = bytes(data)
    refused(code, system.write(), loader=loader)


# --- images for cores of another width: planned, and not started here ---------------------------

OTHER, OTHER_ELF = (elf64, "elf64") if ARCH == "armv7-a" else (elf32, "elf32")


def arm64_image(memory=0x10000):
    """The header of an arm64 Image that runs where it is loaded, and nothing behind it."""
    return struct.pack("<2I6Q2I", 0x91005a4d, 0x14000000, 0, memory, 0xa, 0, 0, 0, 0x644d5241, 0)


def test_peer_of_another_width(refused, system):
    system.images["p"].data = OTHER(PEER_BASE)
    t = refused("CORE_WIDTH", system.write())
    assert any(f"enters {OTHER_ELF} at {PEER_BASE:08x}" in line for line in t.plan())


@pytest.mark.needs("armv7-a")
def test_64_bit_kernel(refused, system):
    system.images["kernel"] = Image(arm64_image(), type="kernel")
    t = refused("CORE_WIDTH", system.write())
    assert any(f"enters arm64 at {MAP['KERNEL_BASE']:08x}" in line for line in t.plan())


@pytest.mark.needs("armv7-a")
def test_64_bit_peer_that_does_not_fit(refused, system):
    """What the plan finds comes first."""
    system.images["p"].data = elf64(0x880000000)
    refused("OUTSIDE_RAM", system.write())


def test_optional_peer_of_another_width(boot, system):
    system.contexts["p"]["optional"] = True
    system.images["p"].data = OTHER(PEER_BASE)
    t = boot(system.write())
    assert [(r.stage, r.result) for r in t.records if r.result != "OK"] == [("plan", "CORE_WIDTH")]
    assert t.word("core") == 0
    assert not t.of("start")


# --- one boot image for several boards ---------------------------------------------------------

VIRT = "linux,dummy-virt"  # what QEMU's tree calls itself


def for_board(system, name, compatible):
    """A configuration more, whose manifest has no peer: it can be told from the default one."""
    contexts = {"linux": system.contexts["linux"]}
    (system.folder / name).mkdir()
    system.images[f"manifest-{name}"] = Image(manifest(system.folder / name, contexts),
                                              type="flat_dt")
    system.fit.more[name] = {"manifest": f"manifest-{name}", "compatible": compatible}


def configuration(t):
    return [r.what for r in t.of("find") if r.what.startswith("configuration")]


@pytest.mark.needs("tree")
def test_configuration_for_this_board(boot, system):
    for_board(system, "other", "vendor,board")
    for_board(system, "virt", ["vendor,family", VIRT])
    t = boot(system.write())
    assert configuration(t) == ["configuration virt"]
    assert not t.errors and not t.of("start") and t.word("core") == 0


@pytest.mark.needs("tree")
def test_configuration_for_another_board(boot, system):
    for_board(system, "other", ["vendor,board", f"{VIRT}-2"])
    t = boot(system.write())
    assert configuration(t) == ["configuration conf"]
    assert_boots(t)


@pytest.mark.needs("tree")
def test_no_configuration_for_this_board(refused, system):
    for_board(system, "other", "vendor,board")
    system.fit.default = None
    refused("NO_CONFIGURATION", system.write())
