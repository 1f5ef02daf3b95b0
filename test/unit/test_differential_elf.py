# SPDX-License-Identifier: BSD-2-Clause
"""Our ELF reader against pyelftools, over good ELFs and such with changed headers.

For each of our errors pyelftools must see its reason, and where it sees none, we must read the same.
"""
import io
import struct
import sys

import pytest
from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile
from hypothesis import given, settings
from hypothesis import strategies as st

from host_parse import ALIKE, BUILD, FIXTURES, NUMBERS, TOP, Parser, changed_word, codes

sys.path.insert(0, str(TOP / "test/boot"))

from firmware import Elf, elf64  # noqa: E402

CODES = codes()
SIZES = {32: (52, 32, 40), 64: (64, 56, 64)}  # of the header, a program and a section header
SEGMENTS_MAX = 32
END = {32: 1 << 32, 64: 1 << 48}  # of physical addresses; virtual ones have all bits
FILES = {"thumb": FIXTURES / "thumb.elf", "arm": FIXTURES / "arm.elf",
         "echo": BUILD / "virt/images/echo-b.stripped.elf", "64": None}


def read(name):
    """An ELF of 64 bits is made: there is no compiler for it here."""
    table = struct.pack("<4I", 1, 0, 0, 0)
    return FILES[name].read_bytes() if FILES[name] else elf64(0x880000000, 0x5d000000, table)


@pytest.fixture(scope="module")
def parser():
    p = Parser()
    yield p
    p.close()


def open_elf(data):
    """Sections are opened when they are looked at: pyelftools would break off at the first bad one."""
    blind = bytearray(data)
    if data[4] == 2:
        blind[40:48], blind[58:64] = bytes(8), bytes(6)
    else:
        blind[32:36], blind[46:52] = bytes(4), bytes(6)
    elf = ELFFile(io.BytesIO(blind))
    elf.stream = io.BytesIO(data)
    elf.header = elf._parse_elf_header()
    return elf


def loads(elf):
    whole = max(0, elf.stream_len - elf["e_phoff"]) // SIZES[elf.elfclass][1]  # those in the file
    headers = (elf._get_segment_header(n) for n in range(min(elf["e_phnum"], whole)))
    return [s for s in headers if s["p_type"] == "PT_LOAD" and s["p_memsz"]]


def segment_faults(elf, size):
    for s in loads(elf):
        if s["p_filesz"] > s["p_memsz"]:
            yield "ELF_BROKEN"
        if s["p_filesz"] and s["p_offset"] + s["p_filesz"] > size:
            yield "ELF_BROKEN"
        if s["p_paddr"] + s["p_memsz"] > END[elf.elfclass] or \
                s["p_vaddr"] + s["p_memsz"] > 1 << elf.elfclass:
            yield "OVERFLOW"
    if len(loads(elf)) > SEGMENTS_MAX:
        yield "TOO_MANY_SEGMENTS"
    ranges = sorted((s["p_paddr"], s["p_paddr"] + s["p_memsz"]) for s in loads(elf))
    if any(a[1] > b[0] for a, b in zip(ranges, ranges[1:])):
        yield "OVERLAP"


def entry_of(elf):
    """(physical address, Thumb), None if it is no place to enter: by the first segment that has it, as it
    is linked or else as it is loaded."""
    thumb = elf["e_entry"] & 1 if elf.elfclass == 32 else 0
    entry = elf["e_entry"] - thumb
    for address in "p_vaddr", "p_paddr":
        for s in loads(elf):
            physical = entry - s[address] + s["p_paddr"]
            if s["p_flags"] & 1 and s[address] <= entry < s[address] + s["p_filesz"] and \
                    not (physical | entry) & (1 if thumb else 3):
                return physical, thumb
    return None


def table_of(elf, size):
    """(offset, size, physical address) of .resource_table; None; False: no segment loads it; or the
    name of our error."""
    if not elf["e_shoff"] or not elf["e_shnum"] or not elf["e_shstrndx"]:
        return None
    if elf["e_shentsize"] != SIZES[elf.elfclass][2] or elf["e_shstrndx"] >= elf["e_shnum"]:
        return "ELF_BROKEN"
    strings = elf._get_section_header(elf["e_shstrndx"])  # None: not in the file
    if not strings or strings["sh_offset"] + strings["sh_size"] > size:
        return "ELF_BROKEN"
    for i in range(1, elf["e_shnum"]):
        section = elf._get_section_header(i)
        if not section or section["sh_name"] >= strings["sh_size"]:
            return "ELF_BROKEN"
        elf.stream.seek(strings["sh_offset"] + section["sh_name"])
        if elf.stream.read(min(16, strings["sh_size"] - section["sh_name"])) == b".resource_table\0":
            return place_of(elf, section)
    return None


def place_of(elf, section):
    if not section["sh_size"]:
        return None
    for s in loads(elf) if section["sh_type"] != "SHT_NOBITS" else ():
        into = section["sh_addr"] - s["p_vaddr"]
        offset = s["p_offset"] if s["p_filesz"] else 0
        if into >= 0 and into + section["sh_size"] <= s["p_filesz"] and \
                section["sh_offset"] == offset + into:
            return section["sh_offset"], section["sh_size"], s["p_paddr"] + into
    return False


def faults(data):
    """Names of all our errors for which there is a reason."""
    if not data:
        return {"IMAGE_DATA"}
    if data[:4] != b"\x7fELF":
        return {"IMAGE_FORMAT", "ELF_MAGIC"}
    if len(data) < 5:
        return {"ELF_BROKEN"}
    header, segment, _ = SIZES[64 if data[4] == 2 else 32]
    if len(data) < header:
        return {"ELF_BROKEN"}
    if data[4] not in (1, 2) or data[5] != 1:
        return {"ELF_CLASS"}
    elf, found = open_elf(data), set()
    if elf["e_machine"] != ("EM_ARM" if elf.elfclass == 32 else "EM_AARCH64"):
        found.add("ELF_MACHINE")
    if elf["e_type"] != "ET_EXEC":
        found.add("ELF_TYPE")
    if elf["e_flags"] & 0x800000:  # BE8
        found.add("ELF_CLASS")
    if data[6] != 1 or elf["e_version"] != "EV_CURRENT" or elf["e_phentsize"] != segment or \
            elf["e_phnum"] == 0xffff:
        found.add("ELF_BROKEN")
    if found:
        return found
    if elf["e_phnum"] and elf["e_phoff"] + segment * elf["e_phnum"] > len(data):
        found.add("ELF_BROKEN")
    found.update(segment_faults(elf, len(data)))
    if not entry_of(elf):
        found.add("ELF_ENTRY")
    try:
        table = table_of(elf, len(data))
    except ELFError:  # a header that the file's end cuts off
        table = "ELF_BROKEN"
    if isinstance(table, str):
        found.add(table)
    return found


def check(parser, data):
    ours, reasons = parser.ask("e", data), faults(data)
    if ours["code"]:
        assert ours["code"] in {CODES[name] for name in reasons}
        return False
    assert not reasons
    elf = open_elf(data)
    assert ours["segments"] == [
        [s["p_offset"] if s["p_filesz"] else 0, s["p_filesz"], s["p_paddr"], s["p_memsz"],
         s["p_vaddr"], s["p_flags"] & 1] for s in loads(elf)]
    assert (ours["entry"], ours["thumb"]) == entry_of(elf)
    table = table_of(elf, len(data))
    assert ours["table"] == (list(table) if table else table)
    return True


@pytest.mark.parametrize("name", FILES)
def test_good_ones(parser, name):
    data = read(name)
    assert check(parser, data)
    section = ELFFile(io.BytesIO(data)).get_section_by_name(".resource_table")
    offset, size, _ = parser.ask("e", data)["table"]
    assert data[offset:offset + size] == section.data()


def apply(elf, change):
    table, field, index, relative, number = change
    size = size_of(getattr(elf.layout, table), field)
    if table == "header":
        elf.header(field, changed_word(elf.header(field), relative, number, size))
    elif table == "segment":
        n = index % max(1, elf.header("phnum"))
        elf.segment(n, field, changed_word(elf.segment(n, field), relative, number, size))
    else:
        n = index % max(1, elf.header("shnum"))
        elf.section(n, field, changed_word(elf.section(n, field), relative, number, size))


def size_of(layout, field):
    return {"B": 1, "H": 2, "I": 4, "Q": 8}[layout[field][1]]


def changes(layout):
    def of(table):
        return st.tuples(st.just(table), st.sampled_from(sorted(getattr(layout, table))),
                         st.integers(0, 40), st.booleans(), NUMBERS)

    return st.lists(st.one_of(of("header"), of("segment"), of("section")), min_size=1, max_size=4)


@pytest.mark.parametrize("name", FILES)
def test_changed_ones(parser, name):
    good = read(name)
    taken = refused = 0

    @settings(ALIKE, max_examples=1000)
    @given(changes(Elf(good).layout), st.one_of([st.just(None)] * 5 + [st.integers(0, len(good))]))
    def each(how, cut):
        nonlocal taken, refused
        elf = Elf(good)
        for change in how:
            try:
                apply(elf, change)
            except (struct.error, OverflowError):
                pass  # an earlier change has moved the headers out of the file
        if check(parser, elf.bytes()[:cut]):
            taken += 1
        else:
            refused += 1

    each()
    assert taken > 100 and refused > 300
