# SPDX-License-Identifier: BSD-2-Clause
"""Our FIT reader against mkimage, which knows what it put in, and dumpimage, which reads it again."""
import hashlib
import re
import subprocess
import sys
import tempfile
import zlib

import libfdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_parse import ALIKE, FIXTURES, NUMBERS, TOP, Parser, changed_word, codes

sys.path.insert(0, str(TOP / "test/boot"))

from its import Fit, Image  # noqa: E402

CODES = codes()
SPARE = 4096  # bytes of erased flash behind the boot image
HASHES = {"crc32": lambda data: f"{zlib.crc32(data):08x}",
          "sha1": lambda data: hashlib.sha1(data).hexdigest(),
          "sha256": lambda data: hashlib.sha256(data).hexdigest()}


@pytest.fixture(scope="module")
def parser():
    p = Parser()
    yield p
    p.close()


def dumped(path):
    """{image: {what dumpimage calls it: [values]}}"""
    done = subprocess.run(["dumpimage", "-l", path], stdout=subprocess.PIPE, check=True, text=True)
    images = {}
    for line in done.stdout.split(" Default Configuration")[0].splitlines():
        if found := re.fullmatch(r" Image \d+ \((.*)\)", line):
            image = images.setdefault(found[1], {})
        elif images and (found := re.fullmatch(r"  ([\w ]+): +(.*)", line)):
            image.setdefault(found[1], []).append(found[2])
    return images


def numbers_in(dump, name):
    """dumpimage leaves out an address that is not there, or calls it unavailable."""
    return [int(word, 16) for word in dump.get(name, []) if word != "unavailable"]


IMAGES = st.dictionaries(
    st.text("abcxyz-_.0123456789", min_size=1, max_size=20).filter(lambda name: name[0].isalpha()),
    st.builds(Image, st.binary(min_size=1, max_size=300), type=st.just("firmware"),
              load=st.one_of(st.none(), st.integers(0, 0xffffffff)),
              entry=st.one_of(st.none(), st.integers(0, 0xffffffff)),
              hashes=st.lists(st.sampled_from(sorted(HASHES)), max_size=4)), min_size=1, max_size=6)


@pytest.mark.parametrize("flags", [(), ("-E",), ("-E", "-p", "0x4000"), ("-E", "-B", "0x40")],
                         ids=" ".join)
def test_made_by_mkimage(parser, flags):
    @settings(ALIKE, max_examples=25)
    @given(IMAGES)
    def each(images):
        with tempfile.TemporaryDirectory() as folder:
            path = Fit(images, configuration={}).write(folder, *flags)
            slot, dump = path.read_bytes(), dumped(path)
        ours = parser.ask("f", slot + b"\xff" * SPARE)
        assert ours["code"] == 0 and ours["configuration"] == "conf"
        assert ours["size"] <= len(slot) < ours["size"] + 0x200
        assert set(ours["images"]) == set(images) == set(dump)
        for name, image in images.items():
            found = ours["images"][name]
            assert found["code"] == 0
            assert slot[found["at"]:][:found["size"]] == image.data
            assert dump[name]["Data Size"][0].split()[0] == str(found["size"])
            assert found["hashes"] == [[algo, HASHES[algo](image.data)] for algo in image.hashes]
            assert dump[name].get("Hash algo", []) == [algo for algo, _ in found["hashes"]]
            assert dump[name].get("Hash value", []) == [value for _, value in found["hashes"]]
            for key, called, given_ in (("load", "Load Address", image.load),
                                        ("entry", "Entry Point", image.entry)):
                assert found[key] == (-1 if given_ is None else given_)
                # of firmware dumpimage prints no entry
                assert numbers_in(dump[name], called) in ([found[key]], [])

    each()


@pytest.mark.parametrize("name", ["inline", "external", "position", "aligned"])
def test_fixtures(parser, name):
    slot, dump = (FIXTURES / f"{name}.itb").read_bytes(), dumped(FIXTURES / f"{name}.itb")
    ours = parser.ask("f", slot)
    assert list(ours["images"]) == list(dump)
    for image, found in ours["images"].items():
        data = slot[found["at"]:][:found["size"]]
        assert found["hashes"] == [[algo, HASHES[algo](data)] for algo, _ in found["hashes"]]
        assert [value for _, value in found["hashes"]] == dump[image].get("Hash value", [])
        assert numbers_in(dump[image], "Load Address") == [
            found["load"]] * (found["load"] != -1)


def places(fdt, where, size):
    """Of each image (start, end) of external data by the FIT's definition; None: it is not in the slot.

    Only properties that are there are asked for: python3-libfdt 1.6 drops a reference to None with
    each that is not, until Python dies of it.
    """
    found, images = {}, fdt.path_offset("/images")
    node = fdt.first_subnode(images)
    while node >= 0:
        def value(name):
            return fdt.getprop(node, name).as_uint32()

        start = value(where)
        if where == "data-offset":
            start += fdt.totalsize() + 3 & ~3
        end = start + value("data-size")
        inside = start >= fdt.totalsize() and end <= size
        found[fdt.get_name(node)] = (start, end) if inside else None
        node = fdt.next_subnode(node, libfdt.QUIET_NOTFOUND)
    return found


def wanted_code(place, others, slot):
    """What an image with its data there is to those who want it. An empty one meets nobody."""
    if not place:
        return "IMAGE_DATA"
    if any(o and o != place and max(o[0], place[0]) < min(o[1], place[1]) for o in others):
        return "IMAGE_DATA"
    data = slot[slice(*place)]
    return "FIT_TRUNCATED" if len(data) >= 16 and not data.strip(b"\xff") else None


@pytest.mark.parametrize("name, where", [("external", "data-offset"), ("position", "data-position")])
def test_changed_places(parser, name, where):
    """Data moved and resized: read where the FIT says, or refused as outside, over another's or erased,
    and no image for another one's sake."""
    good = (FIXTURES / f"{name}.itb").read_bytes()
    seen = {None: 0, "IMAGE_DATA": 0, "FIT_TRUNCATED": 0}
    near = st.one_of(NUMBERS, st.integers(0, len(good) + 64))
    change = st.tuples(st.sampled_from(["kernel", "firmware", "wide@1", "unhashed"]),
                       st.sampled_from([where, "data-size"]), st.booleans(), near)

    @settings(ALIKE, max_examples=600)
    @given(st.lists(change, min_size=1, max_size=4))
    def each(how):
        fdt = libfdt.Fdt(good)
        for image, key, relative, number in how:
            node = fdt.path_offset(f"/images/{image}")
            old = fdt.getprop(node, key).as_uint32()
            fdt.setprop_u32(node, key, changed_word(old, relative, number))
        slot = bytes(fdt.as_bytearray()) + b"\xff" * SPARE
        ours, wanted = parser.ask("f", slot), places(fdt, where, len(slot))
        assert ours["code"] == 0
        assert ours["size"] == max([fdt.totalsize()] + [p[1] for p in wanted.values() if p])
        for image, place in wanted.items():
            code = wanted_code(place, [p for i, p in wanted.items() if i != image], slot)
            found = ours["images"][image]
            seen[code] += 1
            assert found["code"] == (CODES[code] if code else 0)
            if not code:
                assert (found["at"], found["at"] + found["size"]) == place

    each()
    assert seen[None] > 500 and seen["IMAGE_DATA"] > 500, seen
