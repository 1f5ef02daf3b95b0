# SPDX-License-Identifier: BSD-2-Clause
"""peerboot map: the picture's boxes are the plan's claims, apart where they have to be."""
import json
import os
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import jsonschema
import pytest

from host_command import BUILD, OK, PEERBOOT, REFUSED, TOP, TREE, USAGE, on_virt
from board import MAP
from firmware import Elf
from its import Image
from system import linked, small

sys.path.insert(0, str(TOP / "tools"))
from memory_map.text import width_of

DRAWER = TOP / "tools/map"
SCHEMA = json.loads((TOP / "tools/peerboot/plan.schema.json").read_text())
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


class Text:
    """Where its letters are, about."""

    def __init__(self, node):
        self.text, size = node.text, int(node.get("font-size", 12))
        wide = len(self.text) * size * 61 // 100 if "Mono" in node.get("font-family", "") else \
            width_of(self.text, size, node.get("font-weight") == "bold")
        self.x = int(node.get("x")) - {None: 0, "middle": wide // 2, "end": wide}[node.get("text-anchor")]
        self.right, self.bottom = self.x + wide, int(node.get("y"))
        self.y = self.bottom - size * 3 // 4

    apart, inside = Box.apart, Box.inside


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
        written = [Text(node) for node in self.root.iter(f"{SVG}text")]
        for n, text in enumerate(written):
            assert 0 <= text.x and text.right <= width, text.text
            for other in written[:n]:
                assert text.apart(other), (text.text, other.text)
            for box in self.boxes:
                assert text.apart(box) or text.inside(box), (text.text, box.name)


def draw(image, status=OK):
    text = on_virt("map", image, status=status).stdout
    plan = on_virt("plan", "--json", image, status=status).stdout
    assert draw_plan(plan, status).stdout == text
    picture = Picture(text)
    picture.assert_legible()
    claims = json.loads(plan)["claims"]
    drawn = [(box.name, box.base, box.end) for box in picture.boxes]
    for claim in claims:
        assert (claim["name"], claim["base"], claim["base"] + claim["size"]) in drawn
    return picture


def draw_plan(text, status=OK, *arguments, **options):
    done = subprocess.run([DRAWER, *arguments], input=text, text=True, capture_output=True, timeout=60, **options)
    assert done.returncode == status, done.stdout + done.stderr
    return done


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


def test_who_is_who():
    texts = draw(BUILD / "virt/demo/boot.itb").texts
    assert "Linux on cores 0, 1" in texts and "bare metal on core 2" in texts
    assert any(re.match(r"linux \(master\) is woken by SPI \d+, b \(remote\) is woken by SGI 8$", t) for t in texts)


def test_what_is_packed_has_its_place_in_flash(system):
    """And not that to which it is unpacked."""
    import gzip
    data = system.images["kernel"].data
    system.images["kernel"].data = gzip.compress(data)
    system.images["kernel"].compression = "gzip"
    image = system.write()
    at = image.read_bytes().index(system.images["kernel"].data) + MAP["FLASH_BASE"] + MAP["SLOT_A_OFFSET"]
    boxes = {box.name: box for box in draw(image).boxes}
    assert (boxes["kernel"].base, boxes["kernel"].end) == (at, at + len(system.images["kernel"].data))
    assert boxes["kernel"].inside(boxes["boot image"])


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


# --- plans that no image here has -------------------------------------------------------------------

RAM, STEP = 0x40000000, 0x10000
LONG = 31


def long_name(name, n):
    return f"{name}{n}-".ljust(LONG, "m")


def large_plan():
    """As many contexts and links as a manifest may have, of names as long as they may be; two clusters, of which
    one sees all elsewhere."""
    contexts = [long_name("context", n) for n in range(8)]
    views = [{"base": RAM + n * 0x100000, "size": 0x100000, "at": n * 0x100000} for n in range(16)]
    plan = {"file": "boot.itb", "board": "virt", "flash": {"base": 0, "size": 0x4000000}, "error": None,
            "slots": [{"base": 0x100000, "size": 0x1000000}, {"base": 0x1100000, "size": 0x1000000}],
            "clusters": [{"name": "application", "sees": []}, {"name": "realtime", "sees": views}],
            "fit_bytes": 0x100000, "configurations": [], "ram": [{"base": RAM, "size": 0x1000000}], "claims": [],
            "contexts": [], "links": [], "linux_fdt": None}
    at = RAM

    def claim(name, owner, size, **more):
        nonlocal at
        plan["claims"].append({"name": name, "owner": owner, "base": at, "size": size, "loading": True,
                               "running": True, "context": None, "link": None, "holds": False, "foreign": False,
                               "parent": None, "conflicts": [], **more})
        return len(plan["claims"]) - 1

    for n, name in enumerate(contexts):
        base, parent = at, claim(f"{name} memory 0", name, STEP, context=name, holds=True)
        claim(f"{name} segment by p_paddr (p_vaddr is RAM) 1", name, 0x10 << n, context=name, parent=parent)
        at += 0x10 << n
        claim(f"{name} segment 2", name, 0x20, context=name, parent=parent)
        at = base + STEP
        plan["contexts"].append({
            "name": name, "linux": n == 0, "cluster": "realtime" if n % 2 else "application", "cores": [n], "core": n,
            "sees": views if n % 2 else [], "early": False, "optional": False, "failed": None, "thumb": False,
            "bits": 32, "entry": base - RAM if n % 2 else base, "table": None, "memory": [{"base": base, "size": STEP}],
            "images": [{"name": long_name("image", n), "format": "elf32", "bytes": 0x4000, "hashes": ["sha256"],
                        "at": {"base": 0x101000 + n * 0x4010, "size": 0x4000},
                        "segments": [{"base": base, "size": 0x10 << n}]}]})
    for n in range(12):
        name, ends = long_name("link", n), (contexts[n % 8], contexts[(n + 1 + n // 8) % 8])
        base, parent = at, claim(f"{name} memory", name, STEP, link=name, holds=True)
        for part, size in (("vring 0", 0x100), ("vring 1", 0x100), ("buffers", 0x8000)):
            claim(f"{name} {part}", name, size, link=name, parent=parent)
            at += size
        at = base + STEP
        plan["links"].append({
            "name": name, "method": ["preset", "handshake", "static"][n % 3], "failed": False, "table": ends[1],
            "memory": {"base": base, "size": STEP}, "vrings": [], "buffers": None,
            "ends": [{"context": end, "role": role, "doorbell": {"type": "SPI", "number": 100 + n}}
                     for end, role in zip(ends, ("master", "remote"))]})
    jsonschema.validate(plan, SCHEMA)
    return plan


def test_as_much_as_there_may_be():
    """No name is cut, and nothing is over anything else."""
    plan = large_plan()
    picture = Picture(draw_plan(json.dumps(plan)).stdout)
    picture.assert_legible()
    for thing in (*plan["contexts"], *plan["links"], *plan["claims"]):
        assert thing["name"] in picture.texts
    fills = [node.get("fill") for node in picture.root.iter(f"{SVG}rect") if node.find(f"{SVG}title") is not None]
    assert len(set(fills)) == 1 + 8 + 12


def test_what_a_cluster_sees():
    """A line for each that there is somebody on, and of memory and entries where their owners see them."""
    plan = large_plan()
    texts = Picture(draw_plan(json.dumps(plan)).stdout).texts
    names = [[c["name"] for c in plan["contexts"] if c["cluster"] == name] for name in ("application", "realtime")]
    said = " ".join(texts)
    assert f"application ({', '.join(names[0])}) sees all where it is" in said
    assert f"realtime ({', '.join(names[1])}) sees 40000000..40100000 at 00000000, 40100000..40200000 at 00100000" in said
    assert "64 KiB, seen at 00010000" in texts and "32 B, seen at 00010000, core 1 enters" in texts
    assert "64 KiB" in texts and "16 B, core 0 enters" in texts
    for context in plan["contexts"]:
        context["cluster"] = "application"
    assert "realtime" not in draw_plan(json.dumps(plan)).stdout
    del plan["clusters"][1]
    assert "application" not in draw_plan(json.dumps(plan)).stdout


def test_a_long_error_and_odd_names():
    """In lines no longer than the picture, and nothing in it is markup."""
    plan = large_plan()
    plan["error"] = {"name": "OVERLAP", "number": -40, "stage": "plan", "text": "<b>&amp; \x01" + "very long " * 80}
    plan["contexts"][2]["failed"] = {**plan["error"], "text": '"]]>'}
    plan["file"] = "/tmp/\u00c3\u00a4.itb"  # ä, byte by byte
    picture = Picture(draw_plan(json.dumps(plan), REFUSED).stdout)
    picture.assert_legible()
    assert "ä.itb on virt" in picture.texts
    assert any(text.startswith("refused: OVERLAP (-40) in plan: <b>&amp; ?very long") for text in picture.texts)
    assert 'bare metal on core 2 of application; refused: OVERLAP (-40) in plan: "]]>' in picture.texts


def test_in_any_locale():
    plan = large_plan()
    plan["file"] = "\u00c3\u00a4.itb"
    text = draw_plan(json.dumps(plan)).stdout
    assert "ä.itb on virt" in Picture(text).texts
    assert draw_plan(json.dumps(plan), env={**os.environ, "PYTHONIOENCODING": "ascii"}).stdout == text


# --- its use ------------------------------------------------------------------------------------------


def test_from_a_file_in_any_folder(tmp_path):
    plan = on_virt("plan", "--json", BUILD / "virt/demo/boot.itb").stdout
    (tmp_path / "plan.json").write_text(plan)
    draw_plan("", OK, "plan.json", "-o", "map.svg", cwd=tmp_path)
    assert (tmp_path / "map.svg").read_text() == draw_plan(plan).stdout


@pytest.mark.parametrize("arguments, said", [
    (["nowhere.json"], "nowhere.json"), (["-o", "nowhere/map.svg"], "nowhere/map.svg"), (["--out"], "usage"),
    (["empty"], "no plan of peerboot plan --json"), (["list"], "no plan"), (["object"], "no plan")])
def test_wrong_use(tmp_path, arguments, said):
    for name, text in (("empty", ""), ("list", "[]"), ("object", "{}")):
        (tmp_path / name).write_text(text)
    done = draw_plan(json.dumps(large_plan()), USAGE, *arguments, cwd=tmp_path)
    assert said in done.stderr and "Traceback" not in done.stderr and not done.stdout


def test_nothing_planned(tmp_path):
    plan = {**large_plan(), "claims": []}
    assert "nothing is planned yet" in draw_plan(json.dumps(plan), REFUSED).stderr


def test_the_command_without_its_drawer(tmp_path):
    """Said, whatever the plan is like; and one that fails has failed."""
    shutil.copy(PEERBOOT, tmp_path / "peerboot")
    command = [tmp_path / "peerboot", "map", "-b", "virt", "-f", TREE, BUILD / "virt/demo/boot.itb"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == USAGE and f"{tmp_path}/peerboot-map" in done.stderr
    for script in ("exit 3", "kill $$"):
        (tmp_path / "peerboot-map").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "peerboot-map").chmod(0o755)
        assert subprocess.run(command, capture_output=True).returncode == USAGE


def test_a_closed_standard_input(tmp_path):
    """So the pipe to the drawer has its number."""
    command = f"exec {PEERBOOT} map --board virt --fdt {TREE} -o {tmp_path}/map.svg {BUILD}/virt/demo/boot.itb <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert not done.returncode, done.stderr
    assert ElementTree.parse(tmp_path / "map.svg")


def test_output_that_can_not_be_written(tmp_path):
    on_virt("map", "-o", tmp_path / "no/map.svg", BUILD / "virt/demo/boot.itb", status=USAGE)
    with open("/dev/full", "w") as full:
        done = subprocess.run([PEERBOOT, "map", "-b", "virt", "-f", TREE, BUILD / "virt/demo/boot.itb"], stdout=full,
                              stderr=subprocess.PIPE, text=True)
    assert done.returncode == USAGE and "No space left" in done.stderr and "Traceback" not in done.stderr
