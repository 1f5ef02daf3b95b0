# SPDX-License-Identifier: BSD-2-Clause
"""peerboot check --linux-fdt on trees as the field has them: what of them does Linux get?"""
import struct
import subprocess

import libfdt
import pytest

from host_command import BUILD, OK, REFUSED, peerboot
from board import MAP
from its import Image, compile_tree
from system import linked
from test_errors import board_tree

GOOD = {"#address-cells": 2, "#size-cells": 2, "ranges": True}
BUFFERS = MAP["LINK_B_BASE"] + 0x6000  # of linux-b, behind two vrings of 0x3000 bytes


def check(folder, tree, *flags, system=None, status=OK):
    """Of the demo's peers with links to Linux: the finished tree, or what was said."""
    fdt, out = folder / "ugly.dtb", folder / "linux.dtb"
    fdt.write_bytes(tree if isinstance(tree, bytes) else compile_tree(folder, "ugly", tree, *flags))
    image = (system or linked(folder, BUILD)).write()
    done = peerboot("check", "--board=virt", f"--fdt={fdt}", "--linux-fdt", out, image, status=status)
    if status == REFUSED:
        return done.stderr
    # dtc complains of dangling phandles, nodes that are there twice, wrong #cells: errors count
    subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "null", out], check=True, timeout=30)
    return Tree(out.read_bytes())


class Tree(libfdt.Fdt):
    def __init__(self, data):
        super().__init__(data)

    def at(self, path):
        return self.path_offset(path, libfdt.QUIET_NOTFOUND)

    def names(self, path):
        node, found = self.first_subnode(self.path_offset(path), libfdt.QUIET_NOTFOUND), []
        while node >= 0:
            found.append(self.get_name(node))
            node = self.next_subnode(node, libfdt.QUIET_NOTFOUND)
        return found

    def property(self, path, name):
        value = self.getprop(self.path_offset(path), name, libfdt.QUIET_NOTFOUND)
        return None if isinstance(value, int) else bytes(value)

    def cell(self, path, name):
        return int.from_bytes(self.property(path, name), "big")

    def reservations(self):
        return [tuple(self.get_mem_rsv(i)) for i in range(self.num_mem_rsv())]


def reserving(**nodes):
    return board_tree(**{"reserved-memory": {**GOOD, **nodes}})


# --- regions that are there already ---

@pytest.mark.parametrize("more, pool", [({}, True), ({"no-map": True}, True),
                                        ({"compatible": "shared-dma-pool", "reusable": True}, True)])
def test_a_region_of_ours_is_there(tmp_path, more, pool):
    """Under its very name, and somebody refers to it: the phandle stays, in both properties."""
    name = f"vdev0buffer@{BUFFERS:x}"
    node = {"reg": (0, BUFFERS, 0, 0x40000), "phandle": 0x77, "linux,phandle": 0x77, **more}
    tree = reserving(**{name: node})
    tree["rproc"] = {"memory-region": 0x77}
    got = check(tmp_path, tree)
    path = f"/reserved-memory/{name}"
    assert got.names("/reserved-memory").count(name) == 1
    assert got.cell(path, "phandle") == got.cell(path, "linux,phandle") == 0x77
    assert got.property(path, "no-map") == b"" and got.property(path, "reusable") is None
    assert got.property(path, "compatible") == b"shared-dma-pool\0"
    assert got.property("/link-b", "memory-region")[12:] == (0x77).to_bytes(4, "big")


def test_a_region_of_ours_is_there_but_disabled(tmp_path):
    """Linux does not look at it, wherever it is; two nodes of one name it must not have."""
    name = f"rsc-table@{MAP['TABLE_B_BASE']:x}"
    got = check(tmp_path, reserving(**{name: {"reg": (0, 0x50000000, 0, 0x1000), "phandle": 0x55,
                                              "status": "disabled"}}))
    assert got.names("/reserved-memory").count(name) == 1
    assert got.cell(f"/reserved-memory/{name}", "phandle") == 0x55
    assert got.property(f"/reserved-memory/{name}", "reg")[4:8] == MAP["TABLE_B_BASE"].to_bytes(4, "big")


def test_a_name_of_ours_is_elsewhere(tmp_path):
    name = f"rsc-table@{MAP['TABLE_B_BASE']:x}"
    tree = reserving(**{name: {"reg": (0, 0x50000000, 0, 0x1000)}})
    assert name in check(tmp_path, tree, status=REFUSED)


@pytest.mark.parametrize("kind", [lambda n: {"reg": (0, 0x4a000000 + n * 0x10000, 0, 0x1000)},
                                  lambda n: {"size": (0, 0x1000)}], ids=["static", "dynamic"])
def test_more_regions_than_linux_has_room_for(tmp_path, kind):
    ours = len(check(tmp_path, board_tree()).names("/reserved-memory"))
    for many in (64 - ours, 65 - ours):
        tree = reserving(**{f"r{n}": kind(n) for n in range(many)},
                         **{f"off{n}": {**kind(99 + n), "status": "disabled"} for n in range(3)})
        if ours + many <= 64:
            assert len(check(tmp_path, tree).names("/reserved-memory")) == 64 + 3
        else:
            said = check(tmp_path, tree, status=REFUSED)
            assert "TOO_MANY (-35) in plan" in said
            assert f"65 reserved regions, {many} of them the board's; Linux takes 64" in said


def test_reservations_that_are_stale_go(tmp_path):
    """Ramdisk and tree of the boot that this tree was copied from; what is the board's stays."""
    tree = board_tree(chosen={"linux,initrd-start": (0, 0x48000000), "linux,initrd-end": (0, 0x48100000)})
    source = compile_tree(tmp_path, "ugly", tree)
    text = (tmp_path / "ugly.dts").read_text()
    text = text.replace("/dts-v1/;", "/dts-v1/; /memreserve/ 0x48000000 0x100000; "
                                     "/memreserve/ 0x49000000 0x10000;")
    got = check(tmp_path, text)
    assert got.reservations() == [(0x49000000, 0x10000)] and source


# --- regions that the manifest gives to a context ---

PEER, PEER_SIZE = MAP["PEER_B_BASE"], MAP["PEER_B_SIZE"]


def given(folder, *names, context="b"):
    system = linked(folder, BUILD)
    system.contexts[context]["reserved-memory"] = list(names)
    return system


def with_entries(folder, tree, *entries):
    compile_tree(folder, "ugly", tree)
    text = (folder / "ugly.dts").read_text()
    return text.replace("/dts-v1/;", "/dts-v1/; " + "".join(
        f"/memreserve/ {base:#x} {size:#x}; " for base, size in entries))


def regions(tree):
    """What Linux reserves by the tree; no two for one range."""
    found = list(tree.reservations())
    for name in tree.names("/reserved-memory"):
        reg = tree.property(f"/reserved-memory/{name}", "reg")
        assert tree.property(f"/reserved-memory/{name}", "no-map") == b"", name
        found += [(int.from_bytes(reg[i:i + 8], "big"), int.from_bytes(reg[i + 8:i + 16], "big"))
                  for i in range(0, len(reg), 16)]
    found.sort()
    for (base, size), (following, _) in zip(found, found[1:]):
        assert base + size <= following, f"{base:#x}"
    return found


def phandles(tree):
    """Of regions, by name; each of another."""
    names = tree.names("/reserved-memory")
    cells = {n: tree.cell(f"/reserved-memory/{n}", "phandle") for n in names}
    assert len(set(cells.values())) == len(names)
    return cells


@pytest.mark.parametrize("more", [{}, {"no-map": True},
                                  {"compatible": "shared-dma-pool", "reusable": True}])
def test_our_range_by_another_name(tmp_path, more):
    """Whoever referred to the node refers to ours now."""
    theirs, ours = f"rpu0vdev0buffer@{BUFFERS:x}", f"vdev0buffer@{BUFFERS:x}"
    node = {"reg": (0, BUFFERS, 0, 0x40000), "phandle": 0x77, "linux,phandle": 0x77, **more}
    tree = reserving(**{theirs: node})
    tree["rproc"] = {"memory-region": 0x77}
    got = check(tmp_path, tree, system=given(tmp_path, theirs))
    assert theirs not in got.names("/reserved-memory")
    assert phandles(got)[ours] == got.cell("/rproc", "memory-region") == 0x77
    assert got.cell(f"/reserved-memory/{ours}", "linux,phandle") == 0x77
    assert (BUFFERS, 0x40000) in regions(got)
    said = check(tmp_path, tree, status=REFUSED)  # as nobody says whose it is
    assert "OVERLAP (-40) in plan" in said and f"board {theirs}" in said and "linux-b" in said


def test_our_range_as_an_entry_too(tmp_path):
    name, entry = f"ring@{BUFFERS:x}", f"memreserve@{BUFFERS:x}"
    text = with_entries(tmp_path, reserving(**{name: {"reg": (0, BUFFERS, 0, 0x40000)}}),
                        (BUFFERS, 0x40000), (0x49000000, 0x10000))
    got = check(tmp_path, text, system=given(tmp_path, name, entry))
    assert got.reservations() == [(0x49000000, 0x10000)]
    assert (BUFFERS, 0x40000) in regions(got) and name not in got.names("/reserved-memory")
    for one, other in ((name, entry), (entry, name)):
        said = check(tmp_path, text, system=given(tmp_path, one), status=REFUSED)
        assert f"board {other} 0x{BUFFERS:x}..0x{BUFFERS + 0x40000:x}" in said and "OVERLAP" in said


@pytest.mark.parametrize("no_map", [{}, {"no-map": True}])
def test_larger_than_one_of_ours(tmp_path, no_map):
    """Both vrings and the pool in a node: it goes, if no driver knows it."""
    base, size = MAP["LINK_B_BASE"], MAP["LINK_SIZE"]
    name = f"rproc-dma@{base:x}"
    node = {"reg": (0, base, 0, size), **no_map}
    got = check(tmp_path, reserving(**{name: node}), system=given(tmp_path, name))
    assert name not in got.names("/reserved-memory")
    assert sum(s for b, s in regions(got) if base <= b < base + size) == size
    tree = reserving(**{name: {**node, "phandle": 0x77}})
    tree["rproc"] = {"memory-region": 0x77}
    said = check(tmp_path, tree, system=given(tmp_path, name), status=REFUSED)
    assert "OVERLAP" in said and "vdev0vring0" in said and f"0x{base:x}..0x{base + size:x}" in said


@pytest.mark.parametrize("no_map", [{}, {"no-map": True}])
@pytest.mark.parametrize("known", [{}, {"phandle": 0x77}])
def test_all_memory_of_a_context(tmp_path, no_map, known):
    name = f"rproc@{PEER:x}"
    tree = reserving(**{name: {"reg": (0, PEER, 0, PEER_SIZE), **no_map, **known}})
    if known:
        tree["rproc"] = {"memory-region": 0x77}
    got = check(tmp_path, tree, system=given(tmp_path, name))
    assert (PEER, PEER_SIZE) in regions(got)
    kept = known and no_map
    assert (name in got.names("/reserved-memory")) == bool(kept)
    if known:
        ours = name if kept else f"b@{PEER:x}"
        assert got.cell(f"/reserved-memory/{ours}", "phandle") == 0x77


@pytest.mark.parametrize("no_map", [{}, {"no-map": True}])
def test_part_of_a_memory(tmp_path, no_map):
    """Not in whole pages; what is round it is reserved as before."""
    name = f"log@{PEER + 0x1000:x}"
    tree = reserving(**{name: {"reg": (0, PEER + 0x1000, 0, 0x1800), "phandle": 0x77, **no_map}})
    tree["rproc"] = {"memory-region": 0x77}
    found = regions(check(tmp_path, tree, system=given(tmp_path, name)))
    assert (PEER, 0x1000) in found and (PEER + 0x3000, PEER_SIZE - 0x3000) in found
    assert (PEER + 0x1000, 0x1800 if no_map else 0x2000) in found


def test_two_nodes_of_one_range(tmp_path):
    """A driver may know the one; that both be ours is more than a node can."""
    names = [f"{n}@{BUFFERS:x}" for n in ("one", "two")]
    nodes = {n: {"reg": (0, BUFFERS, 0, 0x40000), "no-map": True} for n in names}
    tree = reserving(**nodes)
    assert not set(names) & set(check(tmp_path, tree, system=given(tmp_path, *names)).names(
        "/reserved-memory"))
    for i, node in enumerate(nodes.values()):
        node["phandle"] = 0x77 + i
    tree = reserving(**nodes)
    tree["rproc"] = {"memory-region": (0x77, 0x78)}
    said = check(tmp_path, tree, system=given(tmp_path, *names), status=REFUSED)
    assert "OVERLAP" in said and "vdev0buffer" in said and any(n in said for n in names)


def test_region_outside_what_is_given(tmp_path):
    name = f"far@{PEER - 0x1000:x}"
    tree = reserving(**{name: {"reg": (0, PEER - 0x1000, 0, 0x2000)}})
    said = check(tmp_path, tree, system=given(tmp_path, name), status=REFUSED)
    assert "OUTSIDE_MEMORY (-42)" in said and f"board {name}" in said and "memory of b" in said


def test_regions_of_a_running_system(tmp_path):
    """What the loader made of them once stays as it is, whether the manifest names them or not."""
    tree = reserving(**{f"pool@{BUFFERS:x}": {"reg": (0, BUFFERS, 0, 0x40000), "phandle": 0x77}})
    tree["rproc"] = {"memory-region": 0x77}
    first = check(tmp_path, tree, system=given(tmp_path, f"pool@{BUFFERS:x}"))
    nodes = {name: {"reg": tuple(struct.unpack(">4I", first.property(f"/reserved-memory/{name}", "reg"))),
                    "no-map": True, "phandle": phandle} for name, phandle in phandles(first).items()}
    for system in (linked(tmp_path, BUILD), given(tmp_path, f"vdev0buffer@{BUFFERS:x}")):
        again = check(tmp_path, reserving(**nodes), system=system)
        assert regions(again) == regions(first) and phandles(again) == phandles(first)


# --- what an earlier boot left ---

STALE = {"linux,uefi-system-table": (0, 0x5fe00000), "linux,uefi-mmap-start": (0, 0x5fd00000),
         "linux,uefi-mmap-size": 0x1000, "linux,uefi-mmap-desc-size": 40, "linux,uefi-mmap-desc-ver": 1,
         "linux,uefi-secure-boot": 0, "linux,usable-memory-range": (0, 0x48000000, 0, 0x1000000),
         "linux,elfcorehdr": (0, 0x48000000, 0, 0x1000), "linux,booted-from-kexec": True,
         "linux,initrd-start": (0, 0x48000000), "linux,initrd-end": (0, 0x48001000),
         "linux,ima-kexec-buffer": (0, 0x48000000, 0, 0x1000), "linux,kho-fdt": (0, 0x48000000)}


def test_chosen_of_an_earlier_boot(tmp_path):
    kept = {"stdout-path": "/uart", "linux,stdout-path": "/uart", "linux,pci-probe-only": 1,
            "u-boot,version": "2023.01"}
    got = check(tmp_path, board_tree(uart={}, chosen={**STALE, **kept, "bootargs": "old"}))
    for name in STALE:
        assert got.property("/chosen", name) is None, name
    for name in kept:
        assert got.property("/chosen", name) is not None, name
    assert got.property("/chosen", "bootargs") == b"test\0"


@pytest.mark.parametrize("of_the_boot_image", [False, True])
def test_seeds(tmp_path, of_the_boot_image):
    """What the board gives with its tree is fresh; what lies in a boot image is the same each time."""
    tree = board_tree(chosen={"rng-seed": (1, 2), "kaslr-seed": (3, 4)})
    system = linked(tmp_path, BUILD)
    if of_the_boot_image:
        system.images["fdt"] = Image(compile_tree(tmp_path, "own", tree), type="flat_dt")
        system.contexts["linux"]["fdt"] = "fdt"
    got = check(tmp_path, tree, system=system)
    for name in ("rng-seed", "kaslr-seed"):
        assert (got.property("/chosen", name) is None) == of_the_boot_image


def test_memory_of_an_earlier_boot(tmp_path):
    tree = board_tree(**{"memory@50000000": {"device_type": "memory", "reg": (0, 0x50000000, 0, 0x1000000)}})
    tree["memory@40000000"]["linux,usable-memory"] = (0, MAP["RAM_BASE"], 0, MAP["RAM_SIZE"])
    tree["memory"] = {"device_type": "memory", "reg": (0, 0, 0, 0)}
    got = check(tmp_path, tree)
    assert [n for n in got.names("/") if n.startswith("memory")] == [f"memory@{MAP['RAM_BASE']:x}"]
    assert got.property(f"/memory@{MAP['RAM_BASE']:x}", "linux,usable-memory") is None


# --- nodes where Linux looks for others ---

def test_chosen_with_a_unit_address(tmp_path):
    """The first that Linux looks at, early; later it finds it, too."""
    got = check(tmp_path, board_tree(**{"chosen@0": {"bootargs": "old", **STALE}}))
    assert got.property("/chosen@0", "bootargs") == b"test\0"
    assert got.names("/").count("chosen") == 0


@pytest.mark.parametrize("name", ["chosen@1", "cpus@0", "reserved-memory@0"])
def test_names_that_linux_finds_once_only(tmp_path, name):
    tree = board_tree()
    tree[name] = tree.pop("cpus") if name == "cpus@0" else {}
    said = check(tmp_path, tree, status=REFUSED)
    assert "FDT_BROKEN (-61)" in said and f"/{name} " in said


@pytest.mark.parametrize("name", ["chosen", "reserved-memory", "cpus"])
def test_nodes_that_are_there_twice(tmp_path, name):
    """dtc makes none; boot loaders do. Linux reads the first early, and both later."""
    tree = board_tree()
    tree.setdefault(name, {})
    tree[name[:-1] + "X"] = {}
    data = compile_tree(tmp_path, "twice", tree).replace((name[:-1] + "X").encode(), name.encode())
    said = check(tmp_path, data, status=REFUSED)
    assert "FDT_BROKEN (-61)" in said and f"/{name} is the second" in said


def test_a_link_of_an_earlier_boot(tmp_path):
    got = check(tmp_path, board_tree(**{"link-b": {"compatible": "peerboot,rpmsg-link", "mine": True},
                                        "link-x": {"compatible": "peerboot,rpmsg-link"},
                                        "link-up": {"compatible": "vendor,link"}}))
    assert sorted(n for n in got.names("/") if n.startswith("link")) == ["link-b", "link-c", "link-up"]
    assert got.property("/link-b", "mine") is None


def test_a_node_of_the_boards_with_a_links_name(tmp_path):
    said = check(tmp_path, board_tree(**{"link-b": {"compatible": "vendor,link"}}), status=REFUSED)
    assert "FDT_BROKEN (-61) in plan" in said and "/link-b is no link of ours: rename it" in said


# --- cells, sizes, places ---

@pytest.mark.parametrize("where", ["/cpus", "/reserved-memory"])
@pytest.mark.parametrize("name", ["#address-cells", "#size-cells"])
def test_cells_that_are_missing(tmp_path, where, name):
    """Read as Linux does, as above it. Ours are written in the root's."""
    tree = reserving(secure={"reg": (0, 0x4a000000, 0, 0x1000)})
    tree[where[1:]].pop(name)
    if (where, name) == ("/cpus", "#address-cells"):
        for n in range(4):
            tree["cpus"][f"cpu@{n}"]["reg"] = (0, n)
    got = check(tmp_path, tree, "-W", "no-reg_format")
    for which in ("#address-cells", "#size-cells"):
        assert got.cell("/reserved-memory", which) == 2
    assert len(got.property(f"/reserved-memory/rsc-table@{MAP['TABLE_B_BASE']:x}", "reg")) == 16


@pytest.mark.parametrize("name", ["#address-cells", "#size-cells"])
def test_cells_that_the_root_does_not_have(tmp_path, name):
    """Linux would take 1, whatever was meant."""
    tree = board_tree()
    tree.pop(name)
    said = check(tmp_path, tree, "-f", "-W", "no-reg_format", status=REFUSED)
    assert "FDT_BROKEN" in said and name in said


def test_no_room_for_links(tmp_path):
    """A tree that almost fills what the board has for it."""
    tree = board_tree(**{f"filler{n}": {"data": "x" * 1000} for n in range(1010)})
    said = check(tmp_path, tree, status=REFUSED)
    assert "FDT_FULL (-62) in plan" in said and "0x100000" in said


@pytest.mark.parametrize("flags", [["-p", "0"], ["-p", "5000"], ["-S", "65536"], ["-a", "4"]])
def test_padding(tmp_path, flags):
    assert check(tmp_path, board_tree(), *flags).at("/link-b") > 0


@pytest.mark.parametrize("shift", range(0, 32, 4))
def test_a_tree_in_line_at_any_place(tmp_path, shift):
    """Data of an image in line lies at any multiple of 4; libfdt wants one of 8."""
    system = linked(tmp_path, BUILD)
    system.images["fdt"] = Image(compile_tree(tmp_path, "own", board_tree(), "-p", "0"), type="flat_dt")
    system.images["a" * (1 + shift)] = Image(b"x" * 4)
    system.contexts["linux"]["fdt"] = "fdt"
    assert check(tmp_path, board_tree(), system=system).at("/link-b") > 0


@pytest.mark.parametrize("length", [1023, 1024])
def test_boot_arguments_as_long_as_linux_takes(tmp_path, length):
    system = linked(tmp_path, BUILD)
    system.contexts["linux"]["bootargs"] = "x" * length
    if length < 1024:
        assert len(check(tmp_path, board_tree(), system=system).property("/chosen", "bootargs")) == 1024
    else:
        said = check(tmp_path, board_tree(), system=system, status=REFUSED)
        assert "MANIFEST_BROKEN (-30)" in said and "1025 bytes, Linux takes 1024" in said


@pytest.mark.parametrize("bootargs, word", [
    ("mem=64M", "mem="), ("quiet mem=64M@0x40000000", "mem="), ("quiet zmem=1 mem", None),
    ("a\tmem=64M", "mem="), (r'a \"mem=64M\"', "mem="), ("initrd=0x48000000,16M", "initrd="),
    ("quiet initrdmem=0x48000000,16M", "initrdmem="), ("noinitrd rdinit=/init xinitrd=1 initrd", None),
    ("quiet -- mem=64M", None), ("quiet --x mem=64M", "mem="), ("a --", None), ("-- initrd=1", None),
    (r'dyndbg=\"file a.c mem=1\" quiet', None), (r'a=\"b c\" mem=1', "mem="), (r'a\" mem=1\"', None),
    (r'\"a mem=1', None), ("a\nmem=1", "mem="),
    # A pool at a fixed place: 0x5c000000 is b's.
    ("cma=64M", None), ("cma=16M@0x48000000", None), ("cma=16M@0x5c000000", "cma="), ("cma=0x1000000@1472M", "cma="),
    ("cma=1M@0x5bf00000", None), ("cma=1025K@0x5bf00000", "cma="), ("cma=16m@0x5c000000-0x5d000000", "cma="),
    ("cma=16M@0x58000000-0x5e000000", None), ("quiet -- cma=16M@0x5c000000", None), ("cma=16M@013400000000", "cma="),
    ("crashkernel=64M", None), ("crashkernel=64M@0x48000000", None), ("quiet crashkernel=64M@0x5b000000", "crashkernel="),
    ("crashkernel=512M-2G:64M,2G-:128M", None), ("crashkernel=64M,high", None),
])
def test_what_boot_arguments_can_not_say(tmp_path, bootargs, word):
    """Linux would believe them, and not the plan."""
    system = linked(tmp_path, BUILD)
    system.contexts["linux"]["bootargs"] = bootargs
    said = check(tmp_path, board_tree(), system=system, **({"status": REFUSED} if word else {}))
    if word:
        assert "MANIFEST_BROKEN (-30) in plan" in said and f"manifest: bootargs with {word}" in said
    other = tmp_path / "other"
    other.mkdir()
    system = linked(other, BUILD)
    del system.contexts["linux"]["bootargs"]
    tree = board_tree(chosen={"bootargs": bootargs})
    said = check(tmp_path, tree, system=system, **({"status": REFUSED} if word else {}))
    if word:
        assert "FDT_BROKEN (-61) in plan" in said and f"bootargs with {word}" in said


def test_chosen_that_is_memory(tmp_path):
    said = check(tmp_path, board_tree(chosen={"device_type": "memory"}), status=REFUSED)
    assert "FDT_BROKEN (-61) in plan" in said and "/chosen is the second" in said


def test_no_boot_arguments(tmp_path):
    """As the manifest wants it: those of the tree go."""
    system = linked(tmp_path, BUILD)
    system.contexts["linux"]["bootargs"] = ""
    got = check(tmp_path, board_tree(chosen={"bootargs": "quiet"}), system=system)
    assert got.property("/chosen", "bootargs") == b"\0"


@pytest.mark.parametrize("memory", [None, {"device_type": "memory", "reg": (0, 0x40000000, 0, 0)},
                                    {"reg": (0, 0x40000000, 0, 0x20000000)},
                                    {"device_type": "memory", "reg": (0, 0x40000000, 0, 0x20000000), "status": "disabled"}])
def test_a_tree_without_memory(tmp_path, memory):
    tree = board_tree()
    del tree["memory@40000000"]
    if memory:
        tree["memory@40000000"] = memory
    said = check(tmp_path, tree, status=REFUSED)
    assert "FDT_BROKEN (-61) in plan" in said and "no memory of device_type memory and a size" in said
