# SPDX-License-Identifier: BSD-2-Clause
"""Our device-tree checker against libfdt's fdt_check_full(), over trees with changed bytes and words.

What libfdt refuses we refuse. What we refuse beyond that has one of the reasons below, and what has
one we refuse: the list is complete.
"""
import struct

import libfdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_parse import ALIKE, FIXTURES, NUMBERS, Parser, changed_word, codes

BROKEN = codes()["FDT_BROKEN"]
HEADER = ("magic", "totalsize", "off_struct", "off_strings", "off_reserved", "version",
          "last_comp_version", "boot_cpu", "size_strings", "size_struct")
BEGIN, END, PROP, NOP, DONE = 1, 2, 3, 4, 9
WRAPS = -1
DEPTH_MAX = 32


@pytest.fixture(scope="module")
def parser():
    p = Parser()
    yield p
    p.close()


def packed(name):
    fdt = libfdt.Fdt((FIXTURES / f"{name}.dtb").read_bytes())
    fdt.pack()
    return bytes(fdt.as_bytearray())[:fdt.totalsize()]


def tags(block):
    """(tag, what is behind it) of a structure block that libfdt takes."""
    at = 0
    while True:
        tag, = struct.unpack_from(">I", block, at)
        at += 4
        start = at
        if tag == BEGIN:
            at = block.index(0, at) + 1
        elif tag == PROP:
            at += 8 + struct.unpack_from(">I", block, at)[0]
            if at > len(block):
                yield WRAPS, b""
                return
        yield tag, block[start:at]
        if tag == DONE:
            return
        at = (at + 3) & ~3


def structure_reasons(block, strings):
    depth, roots, properties = 0, 0, False  # properties: they may stand here
    for tag, data in tags(block):
        if tag == BEGIN:
            name = data[:-1]
            if not depth:
                roots += 1
            if bool(name) != bool(depth):
                yield "a root with a name, another node without"
            if b"/" in name:
                yield "a node's name with a slash"
            depth += 1
            if depth > DEPTH_MAX:
                yield "too deep"
            properties = True
        elif tag == END:
            depth -= 1
            properties = False
        elif tag == PROP:
            if not properties:
                yield "a property outside of nodes or behind a sub-node"
            name = struct.unpack_from(">I", data, 4)[0]
            if name >= len(strings) or not strings[name]:
                yield "a property without a name"
        elif tag == WRAPS:
            yield "a value's size that libfdt 1.6 lets wrap around"
        elif tag == DONE and roots != 1:
            yield "no root, or several"


def reasons(data):
    """Why we refuse a tree that libfdt takes."""
    h = dict(zip(HEADER, struct.unpack_from(">10I", data)))
    if h["version"] < 17 or h["last_comp_version"] > 17:
        return {"version"}
    found = set()
    strings = data[h["off_strings"]:][:h["size_strings"]]
    if strings and strings[-1]:
        found.add("strings without an end")
    if any(h[off] < 40 for off in ("off_struct", "off_strings", "off_reserved")):
        found.add("a block in the header")
    if h["off_struct"] % 4 or h["off_reserved"] % 8:
        found.add("a block at an odd place")
    if h["off_struct"] + h["size_struct"] > h["totalsize"] or \
            h["off_strings"] + h["size_strings"] > h["totalsize"]:
        found.add("a block outside")
    at = h["off_reserved"]
    while at + 16 <= h["totalsize"] and any(data[at + 8:at + 16]):
        at += 16
    if at + 16 > h["totalsize"]:
        found.add("reservations without an end")
    found.update(structure_reasons(data[h["off_struct"]:][:h["size_struct"]], strings))
    return found


def check(parser, data):
    """Which of the two took it: (ours, libfdt's)."""
    answer = parser.ask("t", data)
    ours, libfdts = not answer["code"], not answer["libfdt"]
    assert answer["code"] in (0, BROKEN)
    if not libfdts:
        assert not ours, "laxer than libfdt"
    else:
        assert ours == (not reasons(data)), reasons(data)
    return ours, libfdts


def changes(size):
    """Of a word, or a byte; most often in the header or of a tag's size."""
    words = st.tuples(st.integers(0, size // 4 - 1), st.just(4), st.booleans(),
                      st.one_of(NUMBERS, st.sampled_from([BEGIN, END, PROP, NOP, DONE])))
    header = st.tuples(st.integers(0, 9), st.just(4), st.booleans(), NUMBERS)
    octets = st.tuples(st.integers(0, size - 1), st.just(1), st.booleans(), st.integers(0, 255))
    return st.lists(st.one_of(words, header, octets), min_size=1, max_size=3)


@pytest.mark.parametrize("name", ["virt", "part", "manifest"])
def test_changed_trees(parser, name):
    good = packed(name)
    seen = {}
    assert check(parser, good) == (True, True)

    @settings(ALIKE, max_examples=1500)
    @given(changes(len(good)))
    def each(how):
        data = bytearray(good)
        for at, size, relative, number in how:
            kind = ">I" if size == 4 else ">B"
            old, = struct.unpack_from(kind, data, at * size)
            struct.pack_into(kind, data, at * size, changed_word(old, relative, number, size))
        verdicts = check(parser, bytes(data))
        seen[verdicts] = seen.get(verdicts, 0) + 1

    each()
    assert all(seen.get(verdicts, 0) > 10 for verdicts in ((True, True), (False, True),
                                                           (False, False))), seen


def tree(*words, strings=b"a\0"):
    """Header, one empty reservation, structure, strings."""
    block = b"".join(w if isinstance(w, bytes) else struct.pack(">I", w) for w in words)
    size = 56 + len(block) + len(strings)
    return struct.pack(">10I", 0xd00dfeed, size, 56, 56 + len(block), 40, 17, 16, 0, len(strings),
                       len(block)) + bytes(16) + block + strings


EMPTY, NAME, SLASH = bytes(4), b"n\0\0\0", b"/\0\0\0"


@pytest.mark.parametrize("words, wanted", [
    ([BEGIN, EMPTY, END, DONE], None),
    ([BEGIN, NAME, END, DONE], "a root with a name, another node without"),
    ([BEGIN, EMPTY, BEGIN, EMPTY, END, END, DONE], "a root with a name, another node without"),
    ([BEGIN, EMPTY, BEGIN, SLASH, END, END, DONE], "a node's name with a slash"),
    ([BEGIN, EMPTY, END, BEGIN, EMPTY, END, DONE], "no root, or several"),
    ([BEGIN, EMPTY, BEGIN, NAME, END, PROP, 0, 0, END, DONE],
     "a property outside of nodes or behind a sub-node"),
    ([BEGIN, EMPTY, PROP, 0, 1, END, DONE], "a property without a name"),
    ([BEGIN, EMPTY, PROP, 0xffffffff, 0, END, DONE],
     "a value's size that libfdt 1.6 lets wrap around"),
    ([BEGIN, EMPTY, *[BEGIN, NAME] * 31, *[END] * 32, DONE], None),
    ([BEGIN, EMPTY, *[BEGIN, NAME] * 32, *[END] * 33, DONE], "too deep"),
])
def test_each_reason(parser, words, wanted):
    """The reasons are not only in the list: each has its tree."""
    data = tree(*words)
    assert check(parser, data)[0] == (wanted is None)
    if parser.ask("t", data)["libfdt"] == 0:
        assert reasons(data) == ({wanted} if wanted else set())
