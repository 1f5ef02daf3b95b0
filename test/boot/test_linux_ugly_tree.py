# SPDX-License-Identifier: BSD-2-Clause
"""A device tree with all that others have left in it: a running Linux is asked what came of it."""
import re
import struct

import pytest

from board import BUILD, MAP
from conftest import Rack, assert_clean
from its import compile_tree, run
from machine import Linux
from system import with_linux
from test_errors import with_tree
from test_linux import assert_echoes
from tree import Tree

pytestmark = pytest.mark.needs("tree")

RAM, SIZE = MAP["RAM_BASE"], MAP["RAM_SIZE"]
MIDDLE = RAM + SIZE // 2 - 0x100000  # of Linux's memory and none of the kernel's
SECURE, POOL, RESERVED = RAM + 0xa000000, RAM + 0xa400000, RAM + 0xa800000
OURS = MAP["PEER_B_BASE"]
BASE = "/proc/device-tree"
STALE = {"linux,usable-memory-range": (0, 0x50000000, 0, 0x1000000),
         "linux,initrd-start": (0, 0x50000000), "linux,initrd-end": (0, 0x50100000),
         "linux,elfcorehdr": (0, 0x50000000, 0, 0x1000), "linux,booted-from-kexec": (),
         "linux,uefi-system-table": (0, 0x50000000), "linux,uefi-mmap-start": (0, 0x50001000),
         "linux,uefi-mmap-size": (0x1000,), "linux,uefi-mmap-desc-size": (40,),
         "linux,uefi-mmap-desc-ver": (1,)}


def cells(*numbers):
    return struct.pack(f">{len(numbers)}I", *numbers)


def ugly(source):
    tree = Tree(source)
    for name, value in STALE.items():
        tree.set("/chosen", name, cells(*value))
    tree.set(f"/memory@{RAM:x}", "reg",
             cells(0, RAM, 0, MIDDLE - RAM, 0, MIDDLE, 0, 0x20000000 - (MIDDLE - RAM)))
    tree.add("/", "reserved-memory")
    for name in ("#address-cells", "#size-cells"):
        tree.set("/reserved-memory", name, 2)
    tree.set("/reserved-memory", "ranges", b"")

    def region(name, base, size, **more):
        node = f"/reserved-memory/{name}@{base:x}"
        tree.add("/reserved-memory", f"{name}@{base:x}")
        tree.set(node, "reg", cells(0, base, 0, size))
        for key, value in more.items():
            tree.set(node, key.replace("_", "-"), value)

    region("secure", SECURE, 0x200000, no_map=b"")
    region("video", POOL, 0x400000, reusable=b"")
    region("b", OURS, MAP["PEER_B_SIZE"], no_map=b"", phandle=0x77)
    tree.add("/", "user").set("/user", "memory-region", 0x77)
    tree.add("/", "link-b").set("/link-b", "compatible", "peerboot,rpmsg-link")
    tree.set("/link-b", "interrupts", cells(0, 100, 1))
    tree.add("/", "link-layer").set("/link-layer", "compatible", "vendor,other")
    return tree.packed()


def with_reservation(folder, data):
    """libfdt's Python can't add one; dtc can."""
    (folder / "plain.dtb").write_bytes(data)
    run(["dtc", "-q", "-I", "dtb", "-O", "dts", "-o", folder / "plain.dts", folder / "plain.dtb"])
    source = (folder / "plain.dts").read_text()
    reservation = f"/memreserve/ {RESERVED:#x} 0x100000;"
    return compile_tree(folder, "ugly", source.replace("/dts-v1/;", f"/dts-v1/;\n{reservation}"))


@pytest.fixture(scope="module")
def linux(tmp_path_factory, environment, erased_bank, host):
    folder = tmp_path_factory.mktemp("ugly")
    system = with_linux(folder, BUILD, {})
    tree = ugly(host.tree.read_bytes())
    tree = with_reservation(folder, tree)
    with Rack(folder, environment, erased_bank) as rack:
        linux = Linux(rack.start(with_tree(system, tree)))
        yield linux
        assert_clean(linux.run("dmesg"))


def ram(linux):
    """What Linux takes for its own, from /proc/iomem."""
    return [tuple(int(n, 16) for n in line.split(" ")[0].split("-"))
            for line in linux.run("grep 'System RAM' /proc/iomem")]


def test_memory(linux):
    """One node in place of the banks; nothing of the peers' or the secure world's is Linux's."""
    assert linux.run(f"cd {BASE}; ls -1d memory@*") == [f"memory@{RAM:x}"]
    assert linux.cells(f"{BASE}/memory@{RAM:x}/reg") == [0, RAM, 0, SIZE]
    taken = [(SECURE, 0x200000)]
    for peer in "BC":
        taken += [(MAP[f"PEER_{peer}_BASE"], MAP[f"PEER_{peer}_SIZE"]),
                  (MAP[f"TABLE_{peer}_BASE"], 0x20000),
                  (MAP[f"LINK_{peer}_BASE"], MAP["LINK_SIZE"])]
    for first, last in ram(linux):
        assert RAM <= first and last < RAM + SIZE
        assert not [at for at, size in taken if first < at + size and at <= last]
    for at in (MIDDLE - 0x1000, MIDDLE, POOL, RESERVED):  # what is kept but mapped
        assert [first for first, last in ram(linux) if first <= at <= last]


def test_the_boards_regions(linux):
    for node, base, size in (("secure", SECURE, 0x200000), ("video", POOL, 0x400000)):
        assert linux.cells(f"{BASE}/reserved-memory/{node}@{base:x}/reg") == [0, base, 0, size]
    linux.run(f"test -e {BASE}/reserved-memory/secure@{SECURE:x}/no-map")
    linux.run(f"test -e {BASE}/reserved-memory/video@{POOL:x}/reusable")


def test_reservations(linux):
    """Memory that is mapped and nobody is given, as Linux's allocator says."""
    lines = linux.run("cat /sys/kernel/debug/memblock/reserved")
    ranges = [tuple(int(n, 16) for n in re.findall("0x([0-9a-f]+)", line)) for line in lines]
    for base, size in ((RESERVED, 0x100000), (POOL, 0x400000)):
        assert [r for r in ranges if r[0] <= base and base + size - 1 <= r[1]]


def test_reference(linux):
    """A region of ours was there, and a node refers to it: it still does."""
    node = f"{BASE}/reserved-memory/b@{OURS:x}"
    assert linux.cells(f"{node}/phandle") == linux.cells(f"{BASE}/user/memory-region") == [0x77]


def test_chosen(linux):
    names = linux.run(f"cd {BASE}/chosen; ls -1")
    assert not [n for n in names if n in STALE and "initrd" not in n]
    assert linux.cells(f"{BASE}/chosen/linux,initrd-start")[-1] == MAP["INITRD_BASE"]


def test_links(linux):
    assert linux.run(f"cd {BASE}; ls -1d link-*") == ["link-b", "link-c", "link-layer"]
    assert linux.strings(f"{BASE}/link-b/status") == ["okay"]
    assert_echoes(linux.run("selftest echo 200"), 200)
