# SPDX-License-Identifier: BSD-2-Clause
"""peerboot table: compared with what pyelftools and Linux's own layout say of the same ELF."""
import io
import re
import struct

import pytest
from elftools.elf.elffile import ELFFile

from host_command import BUILD, REFUSED, peerboot, run
from firmware import Elf, peer

ECHO = BUILD / "virt/images/echo-b.elf"
ANY = 0xFFFFFFFF
HEAD = 16


def section(elf):
    s = ELFFile(io.BytesIO(elf)).get_section_by_name(".resource_table")
    return s["sh_offset"], s.data()


def offsets(table):
    num = struct.unpack_from("<I", table, 4)[0]
    return struct.unpack_from(f"<{num}I", table, HEAD)


def rows(text):
    """[(number, offset, what is said, its lines below, marked as broken)]"""
    found = []
    for line in text.splitlines()[1:]:
        m = re.match(r"([! ]) ?(\d+)  0x([0-9a-f]+)  (.*)", line)
        if m:
            found.append((int(m[2]), int(m[3], 16), m[4], [], m[1] == "!"))
        else:
            found[-1][3].append(line.strip())
    return found


def table_of(tmp_path, elf, **options):
    (tmp_path / "fw.elf").write_bytes(elf)
    return peerboot("table", tmp_path / "fw.elf", **options)


@pytest.mark.parametrize("path", [ECHO, BUILD / "virt/images/echo-c.stripped.elf"], ids=lambda p: p.name)
def test_whole_table(path):
    elf = ELFFile(path.open("rb"))
    s = elf.get_section_by_name(".resource_table")
    table = s.data()
    done = peerboot("table", path)
    head = done.stdout.splitlines()[0]
    assert f"{len(table)} bytes at {s['sh_addr']:#010x}, version 1" in head
    found = rows(done.stdout)
    assert [offset for _, offset, *_ in found] == list(offsets(table))
    assert not [row for row in found if row[4]]
    kinds = {2: "trace", 3: "vdev", 336: "link resource"}
    for _, offset, text, below, _ in found:
        kind = struct.unpack_from("<I", table, offset)[0]
        assert text.startswith(kinds[kind])
        if kind == 2:
            da, length, _, name = struct.unpack_from("<3I32s", table, offset + 4)
            assert f"{length:#x} bytes at {da:#010x}" in text
            assert f'"{name.rstrip(bytes(1)).decode()}"' in text
        if kind == 3:
            identity, notify, features, _, config, _, vrings = struct.unpack_from(
                "<5I2B", table, offset + 4)
            for part in (f"virtio id {identity} (RPMsg)", f"notify id {notify},",
                         f"features {features:#x} (name service)", f"{vrings} vrings",
                         f"{config} bytes of config"):
                assert part in text
            assert len(below) == vrings
            for n, line in enumerate(below):
                da, align, num, notify, _ = struct.unpack_from("<5I", table, offset + 28 + 20 * n)
                assert line.startswith(f"vring {n}: {num} buffers at align {align}, ")
                assert ("any address" if da == ANY else f"{da:#010x}") in line


def words(kind, *rest):
    return struct.pack(f"<{1 + len(rest)}I", kind, *rest)


NAME = b"name".ljust(32, b"\0")
VRING = struct.pack("<5I", ANY, 4096, 256, 0, 0)
GOOD = {
    "carve-out": words(0, ANY, ANY, 0x4000, 7, 0) + NAME,
    "device memory": words(1, 0x9000000, 0x9000000, 0x1000, 0, 0) + NAME,
    "trace": words(2, 0x5d004000, 0x4000, 0) + NAME,
    "vdev": words(3, 7, 0, 1, 0, 4) + bytes([0, 2, 0, 0]) + 2 * VRING + b"conf",
    "vendor": words(130, 1, 2, 3),
    "unknown": words(77, 1),
}


def make(entries, num=None, version=1, reserved=(0, 0), extra=b""):
    at = HEAD + 4 * len(entries)
    head = struct.pack("<4I", version, len(entries) if num is None else num, *reserved)
    for entry in entries:
        head += struct.pack("<I", at)
        at += len(entry)
    return head + b"".join(entries) + extra


def with_table(table):
    """echo-b with another table of at most the same size; its section says the new size."""
    elf = Elf(ECHO.read_bytes())
    n = elf.find_section(".resource_table")
    at = elf.section(n, "offset")
    assert len(table) <= elf.section(n, "size")
    elf.data[at:at + len(table)] = table
    elf.section(n, "size", len(table))
    return elf.bytes()


def test_every_kind_of_entry(tmp_path):
    done = table_of(tmp_path, with_table(make(list(GOOD.values()))))
    assert [text.split(":")[0].split(' "')[0].split(" 0")[0].split(" resource")[0].split(" type")[0]
            for _, _, text, *_ in rows(done.stdout)] == list(GOOD)
    assert '"name": 0x4000 bytes at any address' in done.stdout


def change(entry, offset, value, kind="<I"):
    data = bytearray(GOOD[entry])
    struct.pack_into(kind, data, offset, value)
    return bytes(data)


LINK = struct.pack("<2I2HI", 336, 0x4B4C4250, 2, 208, 0) + bytes(192)
CUT = [GOOD["trace"], GOOD["vdev"]]
BROKEN = {
    "reserved word": (1, [GOOD["trace"], change("carve-out", 20, 1)]),
    "reserved bytes": (1, [GOOD["trace"], change("vdev", 26, 1, "B")]),
    "three vrings": (1, [GOOD["trace"], change("vdev", 25, 3, "B")]),
    "link resource's version": (1, [GOOD["trace"], LINK[:8] + b"\x09" + LINK[9:]]),
    "config too long": (1, [GOOD["trace"], change("vdev", 20, 0x10000000)]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_entry(tmp_path, name):
    where, entries = BROKEN[name]
    done = table_of(tmp_path, with_table(make(entries)), status=REFUSED)
    assert done.stderr.startswith("peerboot: error TABLE_BROKEN (-51): table of fw.elf: ")
    assert f"entry {where} " in done.stderr
    assert [number for number, *_, broken in rows(done.stdout) if broken] == [where]


def area(name, kind=0, address=ANY):
    return words(kind, address, ANY, 0x4000, 0, 0) + name.encode().ljust(32, b"\0")


def test_carve_outs_that_are_places(tmp_path):
    """The names that remoteproc looks for, wherever the entries lie; no other name is one."""
    entries = [area("vdev1vring1"), GOOD["vdev"], area("vdev0vring0"), area("vdev0buffer"),
               GOOD["vdev"], area("vdev2vring0"), area("vdev0vring2"),
               area("vdev0vring1", kind=1), area("vdev0vring0")]
    done = table_of(tmp_path, with_table(make(entries)))
    places = {number: below for number, _, _, below, _ in rows(done.stdout)
              if below and "by its name" in below[0]}
    assert {n: re.search(r"place of (.*)", below[0])[1] for n, below in places.items()} == {
        0: "vring 1 of vdev 1", 2: "vring 0 of vdev 0", 3: "the buffers of vdev 0"}


def test_what_no_link_can_use(tmp_path):
    entries = [change("vdev", 25, 3, "B")[:-4] + VRING + b"conf", change("vdev", 28 + 8, 100),
               change("trace", 4, ANY)]
    said = [[text, *below] for _, _, text, below, _ in
            rows(table_of(tmp_path, with_table(make(entries))).stdout)]
    assert any("no link can use it" in line for line in said[0])
    assert "no link can use" in said[1][1] and "no link can use" not in said[1][2]
    assert "left out" in said[2][0]


def vdev(*das, num=16, align=4096):
    rings = b"".join(struct.pack("<5I", da, align, num, 0, 0) for da in das)
    return words(3, 7, 0, 1, 0, 0) + bytes([0, len(das), 0, 0]) + rings


@pytest.mark.parametrize("entry, said", [
    (vdev(0x5d000000, 0x5d002000), None), (vdev(0, 0), None), (vdev(ANY, ANY), None),
    (vdev(0x5d000800, ANY), "vring0 at 0x5d000800, 0x1086 bytes: not at a multiple of 0x1000"),
    (vdev(0x5d000000, 0x5d001000), "vring1 at 0x5d001000, 0x1086 bytes: overlaps vring0 0x5d000000"),
    (vdev(0x5d000004, 0x5d002000, align=4), "vring0 at 0x5d000004, 0x1ae bytes: not at a multiple of 0x8"),
    (vdev(0xfffff000, ANY), "vring0 at 0xfffff000, 0x1086 bytes: ends past 0xffffffff")],
    ids=range(7))
def test_addresses_that_no_link_can_use(tmp_path, entry, said):
    """Of vrings that the table brings, as peerboot check would refuse a link of them; if there is one."""
    [(*_, below, _)] = rows(table_of(tmp_path, with_table(make([entry]))).stdout)
    assert [line for line in below if "no link" in line] == ([f"no link can use it: {said}"] if said else [])


def test_carve_out_of_nothing(tmp_path):
    done = table_of(tmp_path, with_table(make([GOOD["trace"], change("carve-out", 12, 0)])), status=REFUSED)
    assert "TABLE_BROKEN (-51): table of fw.elf: entry 1: no place for carve-out name, 0x0 bytes" in done.stderr
    table_of(tmp_path, with_table(make([words(0, 0x5d000000, 0, 0, 0, 0) + NAME])))  # of remoteproc, too


def test_order_and_padding(tmp_path):
    """The offsets may go back and forth, and bytes behind the last entry are nobody's."""
    table = bytearray(make(list(GOOD.values())))
    at = offsets(table)
    struct.pack_into("<6I", table, HEAD, *at[::-1])
    found = rows(table_of(tmp_path, with_table(bytes(table) + bytes(100))).stdout)
    assert [offset for _, offset, *_ in found] == list(at[::-1])


def test_overlapping_entries(tmp_path):
    table = bytearray(make([GOOD["trace"], GOOD["vdev"], GOOD["carve-out"]]))
    at = offsets(table)
    struct.pack_into("<I", table, HEAD + 8, at[1] + 28)
    done = table_of(tmp_path, with_table(table), status=REFUSED)
    assert "entry 2 " in done.stderr and f"{at[1] + 28:#x}" in done.stderr
    assert f"at {at[1]:#x}" in done.stderr
    assert [number for number, *_, broken in rows(done.stdout) if broken] == [2]


@pytest.mark.parametrize("missing", [1, 30, 60])
def test_cut_off_entry(tmp_path, missing):
    done = table_of(tmp_path, with_table(make(CUT)[:-missing]), status=REFUSED)
    assert [row[0] for row in rows(done.stdout) if row[4]] == [1]


@pytest.mark.parametrize("table", [
    make([], version=2), make([], reserved=(0, 1)), make([GOOD["trace"]], num=1000),
    make([GOOD["trace"]], num=0xFFFFFFFF), make([])[:8],
], ids=["version", "reserved", "num", "num-wraps", "short"])
def test_broken_head(tmp_path, table):
    done = table_of(tmp_path, with_table(table), status=REFUSED)
    assert "TABLE_BROKEN (-51)" in done.stderr
    assert not [row for row in rows(done.stdout) if row[4]]


@pytest.mark.parametrize("offset", [0, 15, 0x7FFFFFFF, 0xFFFFFFFE])
def test_offset_that_leads_elsewhere(tmp_path, offset):
    table = bytearray(make([GOOD["trace"], GOOD["vdev"]]))
    struct.pack_into("<I", table, HEAD + 4, offset)
    done = table_of(tmp_path, with_table(table), status=REFUSED)
    assert [row[0] for row in rows(done.stdout) if row[4]] == [1]


def test_every_byte_may_be_anything(tmp_path):
    """Never a crash, whatever is there; the sanitizers look on."""
    table = make(list(GOOD.values()))
    for at in range(len(table)):
        broken = bytearray(table)
        broken[at] ^= 0xFF
        (tmp_path / "fw.elf").write_bytes(with_table(broken))
        done = run("table", tmp_path / "fw.elf")
        assert done.returncode == ("TABLE_BROKEN (" in done.stderr or "TABLE_NO_ROOM (" in done.stderr)


def test_no_table(tmp_path):
    done = table_of(tmp_path, peer(0x5c000000), status=REFUSED)
    assert "TABLE_MISSING (-50)" in done.stderr and not done.stdout


def test_table_alone():
    """Linux's own, which nobody enters."""
    assert rows(peerboot("table", BUILD / "virt/images/linux-table.elf").stdout)


def test_no_elf(tmp_path):
    done = table_of(tmp_path, b"no ELF at all", status=REFUSED)
    assert "ELF_MAGIC (-20)" in done.stderr


def test_elf_for_another_machine(tmp_path):
    """Whose fault it is: there may be several files."""
    elf = bytearray(ECHO.read_bytes())
    struct.pack_into("<H", elf, 18, 62)
    done = table_of(tmp_path, elf, status=REFUSED)
    assert "ELF_MACHINE (-22): fw.elf: " in done.stderr
