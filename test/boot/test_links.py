# SPDX-License-Identifier: BSD-2-Clause
"""What the loader leaves of a link for its ends, whatever the way: in tables, in memory, in the tree."""
import struct

import libfdt
import pytest

from board import MAP, NAME
from firmware import PROGRAM_SIZE, Elf, build as compile_program, mark_of, peer
from its import Image
from system import SGI, SPI, SPIS, linked

TABLE_MAX = 2048  # resource_table/layout.h
PRISTINE = MAP["RECORD_BASE"] + 0x4000  # one of TABLE_MAX for each context, in their order
CONTEXTS = {"linux": 0, "b": 1, "c": 2}
VDEV, LINK, NO_VDEV = 3, 336, 0xffffffff
REMOTE, SYMMETRIC, MASTER = 0, 2, 3
THIRD = MAP["LINK_C_BASE"] + 0x100000  # memory for a link between b and c


def pristine(context):
    return PRISTINE + CONTEXTS[context] * TABLE_MAX, TABLE_MAX


class Table:
    """A resource table by its layout: entries as (type, bytes), in their order."""

    def __init__(self, data):
        version, count, *reserved = struct.unpack_from("<4I", data)
        assert version == 1 and reserved == [0, 0]
        offsets = struct.unpack_from(f"<{count}I", data, 16)
        self.entries = [(struct.unpack_from("<I", data, at)[0], data[at:]) for at in offsets]

    def of(self, kind):
        return [data for found, data in self.entries if found == kind]

    def vring_addresses(self, vdev):
        data = self.of(VDEV)[vdev]
        return [struct.unpack_from("<I", data, 28 + 20 * n)[0] for n in range(2)]


class Link:
    """resource_table/link_resource.h"""
    LAYOUT = struct.Struct("<IIHHI2QQQQQQI2I2II2I2I2I3I3I32s32s")

    def __init__(self, data):
        (self.type, self.magic, self.version, self.length, self.vdev, owner, peer, self.pristine,
         self.memory, self.memory_size, self.buffers, self.buffers_size, self.buffer_len, *count,
         role0, role1, self.method, e0, e1, s0, s1, l0, l1, b0, b1, b2, b3, b4, b5, name0,
         name1) = self.LAYOUT.unpack_from(data)
        self.raw = data[:self.LAYOUT.size]
        self.tables, self.count, self.roles = [owner, peer], count, [role0, role1]
        self.session, self.bells = [e0, e1, s0, s1, l0, l1], [(b0, b1, b2), (b3, b4, b5)]
        self.names = [name.rstrip(b"\0").decode() for name in (name0, name1)]

    def but(self, vdev):
        """The same of another vdev."""
        return self.raw[:12] + struct.pack("<I", vdev) + self.raw[16:]


def links_of(transcript, context, vdev=None):
    """Link resources in the table as it was filled in; those of a vdev, or all."""
    found = [Link(data) for data in Table(transcript.memory(pristine(context)[0])).of(LINK)]
    return [link for link in found if vdev is None or link.vdev == vdev]


def peers_link(owner, other, roles, memory=THIRD):
    return {"ends": [owner, other], "roles": list(roles), "table": owner,
            "memory": (memory, MAP["LINK_SIZE"]), "doorbells": [SGI, 9, SGI, 9]}


@pytest.fixture
def system(tmp_path, build):
    """Linux, b and c, and a third link that a test adds; the witness shows all tables."""
    return linked(tmp_path, build, [pristine(c) for c in CONTEXTS])


def test_peers_find_each_other_by_a_reference(boot, system):
    """Three contexts: Linux is master of both peers, b is c's master, too."""
    system.links["b-c"] = peers_link("c", "b", ["remote", "master"])
    t = boot(system.write())
    [live] = links_of(t, "c", vdev=1)
    assert live.names == ["c", "b"] and live.roles == [REMOTE, MASTER]
    assert live.tables == [MAP["TABLE_C_BASE"], MAP["TABLE_B_BASE"]]
    assert live.pristine == pristine("c")[0]
    assert (live.memory, live.memory_size) == (THIRD, MAP["LINK_SIZE"])
    assert live.bells == [(SGI, 9, 8), (SGI, 9, 4)]
    assert live.count == [256, 256] and live.buffer_len == 512 and live.buffers_size == 0x40000
    assert Table(t.memory(pristine("c")[0])).vring_addresses(1) == [THIRD, THIRD + 0x3000]
    assert live.session == [0] * 6
    reference, *free = links_of(t, "b", vdev=NO_VDEV)
    assert reference.raw == live.but(NO_VDEV)
    assert free and all(link.tables == [0, 0] for link in free)
    # nothing else has changed: what Linux is told of each peer is at vdev 0, as without the third
    assert [links_of(t, name, vdev=0)[0].names for name in "bc"] == [["b", "linux"], ["c", "linux"]]
    assert all(not link.buffers_size for link in links_of(t, "b", vdev=1))


def test_linux_owns_a_table(boot, system, build):
    """Of its own ELF: it is b's remote and c's equal, and both refer to its table."""
    system.images["table"] = Image((build / NAME / "images/linux-table.elf").read_bytes())
    system.contexts["linux"]["table-image"] = "table"
    system.links["linux-b"].update(roles=["remote", "master"], table="linux")
    system.links["linux-c"].update(roles=["symmetric", "symmetric"], table="linux")
    t = boot(system.write())
    for vdev, (peer, role) in enumerate((("b", REMOTE), ("c", SYMMETRIC))):
        [live] = links_of(t, "linux", vdev)
        assert live.names == ["linux", peer] and live.roles[0] == role
        assert live.bells[0][:2] == (SPI, SPIS[peer])
        assert links_of(t, peer, vdev=NO_VDEV)[0].raw == live.but(NO_VDEV)
        node = link_node(t, f"/link-{peer}")
        assert node.number("peerboot,end") == 0 and node.number("peerboot,vdev") == vdev
        assert node.regions()["rsc-table"][0] == live.tables[0]


def test_an_early_end_finds_the_table_of_another(boot, system, build):
    """Linux's table, not its kernel, is in place before b starts, which is early."""
    system.images["table"] = Image((build / NAME / "images/linux-table.elf").read_bytes())
    system.contexts["linux"]["table-image"] = "table"
    system.contexts["b"]["early"] = True
    system.links["linux-b"].update(table="linux")
    t = boot(system.write())
    steps = [(r.stage, r.what.split()[0], r.what.split()[1]) for r in t.records
             if r.stage in ("load", "table", "start")]
    start = steps.index(("start", "b", "core"))
    assert steps.index(("load", "linux", "table")) < start
    assert steps.index(("table", "linux", "table")) < start
    assert steps.index(("load", "linux", "kernel")) > start


def test_handshake_leaves_the_table_open(boot, system):
    system.links["b-c"] = peers_link("c", "b", ["remote", "master"]) | {"method": "handshake"}
    t = boot(system.write())
    [live] = links_of(t, "c", vdev=1)
    [reference, *_] = links_of(t, "b", vdev=NO_VDEV)
    assert live.method == reference.method == 1
    assert live.names == ["c", "b"] and live.memory == THIRD
    assert live.buffers == live.buffers_size == live.buffer_len == 0 and live.count == [0, 0]
    assert Table(t.memory(pristine("c")[0])).vring_addresses(1) == [0xffffffff] * 2
    # what is to be filled in, its master knows from here
    assert (reference.buffers, reference.buffers_size) == (THIRD + 0x6000, 0x40000)
    assert reference.count == [256, 256] and reference.buffer_len == 512


# --- Linux's side --------------------------------------------------------------------------------

def reg(tree, node):
    """(base, size) of the one range: a board's tree has numbers of one cell, or of two."""
    data = bytes(tree.getprop(node, "reg"))
    return struct.unpack(">QQ" if len(data) == 16 else ">II", data)


class Node:
    def __init__(self, tree, path):
        self.tree = libfdt.FdtRo(tree)
        self.node = self.tree.path_offset(path)

    def cells(self, name):
        data = bytes(self.tree.getprop(self.node, name))
        return list(struct.unpack(f">{len(data) // 4}I", data))

    def number(self, name):
        [value] = self.cells(name)
        return value

    def strings(self, name):
        return bytes(self.tree.getprop(self.node, name)).decode().rstrip("\0").split("\0")

    def has(self, name):
        return not isinstance(self.tree.getprop(self.node, name, libfdt.QUIET_NOTFOUND), int)

    def regions(self):
        """{name: (base, size, node's name)} of memory-region."""
        out = {}
        for name, phandle in zip(self.strings("memory-region-names"), self.cells("memory-region")):
            node = self.tree.node_offset_by_phandle(phandle)
            out[name] = (*reg(self.tree, node), self.tree.get_name(node).split("@")[0])
        return out


def link_node(transcript, path):
    return Node(transcript.tree(), path)


def test_static_way_takes_no_table(boot, tmp_path, build):
    """Nothing but memory, cleared where the ends meet, and a node with the numbers."""
    base = MAP["LINK_B_BASE"]
    dirty = [base, base + 0xffc, base + 0x1000, base + 0x1ffc, base + 0x2000, base + 0x2ffc]
    system = linked(tmp_path, build, [(base, 0x3000)])
    system.images["b"] = Image(peer(MAP["PEER_B_BASE"]))  # touches nothing of it
    system.links["linux-b"].update(method="static", vrings=(16, 64), buffers=(16, 0, 512))
    filled = " ".join(f"-device loader,addr={at:#x},data=0xa5a5a5a5,data-len=4" for at in dirty)
    t = boot(system.write(), extra=filled)
    assert not t.errors
    assert t.memory(base) == bytes(0x3000)
    node = link_node(t, "/link-b")
    assert node.strings("peerboot,method") == ["static"]
    assert node.number("peerboot,end") == 1 and not node.has("peerboot,vdev")
    assert node.cells("peerboot,buffers") == [16, 16, 512] and node.cells("peerboot,vrings") == [16, 64]
    assert node.regions() == {"session": (base, 0x1000, "link-session"),
                              "vring0": (base + 0x1000, 0x1000, "vdev0vring0"),
                              "vring1": (base + 0x2000, 0x1000, "vdev0vring1"),
                              "buffer": (base + 0x3000, 0x4000, "vdev0buffer")}


# --- how Linux's own drivers find a table --------------------------------------------------------

def test_xlnx_r5_finds_the_table(boot, tmp_path, build):
    """As drivers/remoteproc/xlnx_r5_remoteproc.c, zynqmp_r5_get_rsc_table_va(): the first bytes of the
    first memory-region, magic and complement, then the table of that size, version 1."""
    where = MAP["TABLE_B_BASE"] + 0x10000
    system = linked(tmp_path, build, [(where, 24), (MAP["TABLE_B_BASE"], TABLE_MAX)])
    system.contexts["b"]["xamp"] = (where, 0x1000)
    t = boot(system.write())
    tree = libfdt.FdtRo(t.tree())
    region = tree.path_offset(f"/reserved-memory/b@{where:x}")
    assert reg(tree, region) == (where, 0x1000)
    version, magic, complement, size, table = struct.unpack("<iIIIQ", t.memory(where))
    assert version == 1 and magic == int.from_bytes(b"xamp", "big")
    assert complement == ~magic & 0xffffffff
    assert Table(t.memory(table)[:size]).of(VDEV)


def test_k3_finds_the_table(boot, tmp_path, build):
    """As drivers/remoteproc/ti_k3_r5_remoteproc.c, k3_r5_get_loaded_rsc_table(): the first 256 bytes of
    the second memory-region, which is the core's code and data, too."""
    base, size = MAP["PEER_B_BASE"], PROGRAM_SIZE
    system = linked(tmp_path, build, [(base, 256)])
    system.images["b"].data = compile_program("short_table", base,
                                              defines=(f"MARK={mark_of(base):#x}",))
    system.contexts["b"].update({"memory": (base, size), "k3-carveout": (base, size)})
    t = boot(system.write())
    regions = link_node(t, "/link-b").regions()
    assert regions["rsc-table"] == (base, size, "b")
    table = Table(t.memory(base))
    assert table.vring_addresses(0) == [regions["vring0"][0], regions["vring1"][0]]


def test_table_that_start_up_code_copies(boot, tmp_path, build):
    """Linked for another place than it is loaded to: filled in at both, and Linux is told of the one
    that the manifest names."""
    loaded, place = MAP["TABLE_B_BASE"], MAP["TABLE_B_BASE"] + 0x8000
    s = linked(tmp_path, build, show=[(loaded, TABLE_MAX), (place, TABLE_MAX)])
    elf = Elf(s.images["b"].data)
    section = elf.find_section(".resource_table")
    [n] = [n for n in elf.loads() if elf.segment(n, "vaddr") == loaded]
    elf.segment(n, "vaddr", place)
    elf.section(section, "addr", place)
    s.images["b"].data = elf.bytes()
    s.contexts["b"]["resource-table"] = (place, 0x1000)
    t = boot(s.write())
    assert not t.errors
    assert [r.address for r in t.of("table") if r.what == "b table"] == [place]
    for address in (loaded, place):
        for vring in Table(t.memory(address)).vring_addresses(0):
            assert MAP["LINK_B_BASE"] <= vring < MAP["LINK_B_BASE"] + MAP["LINK_SIZE"]
