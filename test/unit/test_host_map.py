# SPDX-License-Identifier: BSD-2-Clause
"""peerboot map: the picture's boxes are the plan's claims, apart where they have to be."""
import json
import re
from xml.etree import ElementTree

import pytest

from host_command import BUILD, OK, REFUSED, on_virt
from board import MAP
from firmware import Elf
from its import Image
from system import linked, small

SVG = "{http://www.w3.org/2000/svg}"
TITLE = re.compile(r"(.*) 0x([0-9a-f]+)\.\.0x([0-9a-f]+), (\d+) bytes")


class Box:
    def __init__(self, rect, match):
        self.name, self.base, self.end = match[1], int(match[2], 16), int(match[3], 16)
        self.x, self.y = int(rect.get("x")), int(rect.get("y"))
        self.right = self.x + int(rect.get("width"))
        self.bottom = self.y + int(rect.get("height"))
        self.bad = rect.get("stroke") == "#d00000"

    def inside(self, other):
        return (other.x <= self.x and self.right <= other.right
                and other.y <= self.y and self.bottom <= other.bottom)

    def apart(self, other):
        return (self.right <= other.x or other.right <= self.x
                or self.bottom <= other.y or other.bottom <= self.y)


class Picture:
    def __init__(self, text):
        self.root = ElementTree.fromstring(text)
        self.texts = [node.text or "" for node in self.root.iter(f"{SVG}text")]
        self.boxes = []
        for rect in self.root.iter(f"{SVG}rect"):
            title = rect.find(f"{SVG}title")
            if title is not None:
                self.boxes.append(Box(rect, TITLE.fullmatch(title.text)))

    def assert_legible(self):
        """All of it is on the picture, and no box is too small for a line of text."""
        width, height = int(self.root.get("width")), int(self.root.get("height"))
        for box in self.boxes:
            assert 0 <= box.x < box.right <= width and 0 <= box.y < box.bottom <= height
            assert box.bottom - box.y >= 20
        for text in self.root.iter(f"{SVG}text"):
            assert 0 < int(text.get("x")) < width and 0 < int(text.get("y")) <= height
        for a in self.boxes:
            for b in self.boxes:
                assert a is b or a.apart(b) or a.inside(b) or b.inside(a), (a.name, b.name)


def draw(image, status=OK):
    picture = Picture(on_virt("map", image, status=status).stdout)
    picture.assert_legible()
    claims = json.loads(on_virt("plan", "--json", image, status=status).stdout)["claims"]
    drawn = [(box.name, box.base, box.end) for box in picture.boxes]
    for claim in claims:
        assert (claim["name"], claim["base"], claim["base"] + claim["size"]) in drawn
    return picture


@pytest.fixture
def system(tmp_path):
    return small(tmp_path)


def test_demo():
    picture = draw(BUILD / "virt/demo/boot.itb")
    boxes = {box.name: box for box in picture.boxes}
    assert not any(box.bad for box in picture.boxes)
    assert boxes["b segment 0"].inside(boxes["b memory 0"])
    assert boxes["linux-c vring 1"].inside(boxes["linux-c memory"])
    assert boxes["kernel"].inside(boxes["boot image"]) and boxes["boot image"].inside(boxes["slot A"])
    # down with the addresses
    ram = sorted((b for b in picture.boxes if b.base >= MAP["RAM_BASE"]), key=lambda b: b.base)
    assert [b.y for b in ram] == sorted(b.y for b in ram)
    for text in ("slot B", "c memory 1", "5d04_6000", "6000_0000"):
        assert text in picture.texts
    assert any(text.endswith(", core 2 enters") for text in picture.texts)
    assert any("free for Linux" in text for text in picture.texts)


def test_larger_is_taller():
    boxes = {box.name: box for box in draw(BUILD / "virt/demo/boot.itb").boxes}
    heights = [boxes[name].bottom - boxes[name].y for name in
               ("linux-b vring 0", "linux-b buffers", "linux ramdisk", "linux decompressed")]
    assert heights == sorted(heights) and len(set(heights)) == 4


def overlap(s, over):
    elf = Elf(s.images["p"].data)
    elf.segment(1, "paddr", over)
    s.images["p"].data = elf.bytes()


def clashes(picture):
    return [text for text in picture.texts if text.startswith("overlap, ")]


@pytest.mark.parametrize("over, other", [
    (MAP["LOADER_RAM_BASE"] + 0x1000, "loader memory"),
    (MAP["LOADER_RAM_BASE"] - 0x10, "loader memory"),
    (MAP["BOARD_FDT_BASE"], "board device tree"),
])
def test_overlap(system, over, other):
    overlap(system, over)
    picture = draw(system.write(), REFUSED)
    assert {box.name for box in picture.boxes if box.bad} == {other, "p segment 1"}
    assert len(clashes(picture)) == 1 and any("OVERLAP (-40)" in t for t in picture.texts)


def test_overlap_with_what_lies_in_it_counts_once(tmp_path):
    s = linked(tmp_path, BUILD)
    s.links["linux-c"]["memory"] = (MAP["LINK_B_BASE"] + 0x60000, 0x80000)
    picture = draw(s.write(), REFUSED)
    assert len(clashes(picture)) == 1
    assert {box.name for box in picture.boxes if box.bad} >= {"linux-b memory", "linux-c memory"}


def test_many_over_each_other(system):
    """Each over each: as many side by side, and all of it still on the picture."""
    base = system.images["p"].data
    for n in range(4):
        system.images[f"q{n}"] = Image(base)
        system.contexts[f"q{n}"] = {"cpus": 0x100 << n, "image": f"q{n}"}
    del system.contexts["p"]
    system.contexts["linux"]["cpus"] = 0x1
    tree_cores = on_virt("map", system.write(), status=REFUSED)
    assert "CORE_ABSENT" in tree_cores.stderr and tree_cores.stdout == ""
    for n in range(3):
        system.contexts[f"q{n}"]["cpus"] = 0x2 << n
    del system.contexts["q3"]
    system.manifest.data = b""
    picture = draw(system.write(), REFUSED)
    assert len(clashes(picture)) == 2 * 3


def test_outside_ram(system):
    overlap(system, 0x20000000)
    picture = draw(system.write(), REFUSED)
    assert [box.name for box in picture.boxes if box.bad] == ["p segment by p_paddr (p_vaddr is RAM) 1"]
    assert "outside RAM, 256 B" in picture.texts


def test_partly_outside_ram(system):
    overlap(system, MAP["RAM_BASE"] + MAP["RAM_SIZE"] - 4)
    picture = draw(system.write(), REFUSED)
    assert [box.name for box in picture.boxes if box.bad] == ["p segment by p_paddr (p_vaddr is RAM) 1"]


def test_what_linux_does_not_have_is_not_free_for_it(system):
    system.contexts["linux"]["memory"] = (MAP["RAM_BASE"], 0x10000000)
    texts = draw(system.write()).texts
    assert "192 MiB unused" in texts and "63 MiB free for Linux" in texts
    assert "5000_0000" in texts


def test_no_picture_without_a_plan(tmp_path, system):
    system.images["p"].hashes = ()
    on_virt("map", "-o", tmp_path / "map.svg", system.write(), status=REFUSED)
    assert not (tmp_path / "map.svg").exists()


def test_optional_that_failed(tmp_path):
    s = linked(tmp_path, BUILD)
    s.contexts["b"]["optional"] = True
    s.images["b"].hashes = ()
    picture = draw(s.write())
    assert "accepted: the board boots it, without b" in picture.texts
    assert not [box for box in picture.boxes if box.name.startswith("b ")]


def test_names_are_escaped(tmp_path, system):
    """Whatever stands in the error's sentence, the picture is well-formed."""
    overlap(system, MAP["LOADER_RAM_BASE"])
    fit = system.write()
    (tmp_path / 'a<b>&"c.itb').write_bytes(fit.read_bytes())
    picture = draw(tmp_path / 'a<b>&"c.itb', REFUSED)
    assert 'a<b>&"c.itb on virt' in picture.texts
