# SPDX-License-Identifier: BSD-2-Clause
"""Boot images that are good, in every form that mkimage makes, and images in every format."""
import pytest

from firmware import ALIVE, MAP, PROGRAM_SIZE, WITNESS_BASE, ZEROED, Elf, flat, mark_of, peer, witness
from its import Image, compile_tree
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


@pytest.mark.parametrize("hashes", [("crc32",), ("sha1",), ("sha256",),
                                    ("crc32", "sha1", "sha256")], ids="-".join)
def test_hash_algorithms(boot, system, hashes):
    system.images.setdefault("manifest", system.manifest)
    for image in system.images.values():
        image.hashes = hashes
    assert_boots(boot(system.write()))


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
    """Started by PSCI (the peer) and entered (the witness), in the state of the ELF's entry."""
    system = bare(tmp_path)
    system.images["w"].data = witness(tmp_path, [mark_of(PEER_BASE)], thumb=thumb)
    system.images["p"].data = peer(tmp_path, PEER_BASE, thumb=thumb)
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


@pytest.mark.parametrize("padding", range(4, 36, 4))
def test_tree_at_any_place_of_the_boot_image(boot, system, tmp_path, padding):
    """In-line data is at a multiple of 4 only; that must not matter."""
    data = compile_tree(tmp_path, "board", board_tree())
    system.fit.images = system.images = {"a": Image(bytes(padding)), **system.images,
                                         "fdt": Image(data, type="flat_dt")}
    system.contexts["linux"]["fdt"] = "fdt"
    assert_boots(boot(system.write()))


def test_raw_image_of_a_peer(boot, system, tmp_path):
    system.images["p"] = Image(flat(tmp_path, peer(tmp_path, PEER_BASE, thumb=False)),
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
