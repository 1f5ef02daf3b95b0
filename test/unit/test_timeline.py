# SPDX-License-Identifier: BSD-2-Clause
"""tools/timeline: what it reads, and that what it draws is to scale."""
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

TIMELINE = Path(__file__).parents[2] / "tools/timeline"
SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT = 150, 980  # of the lanes

RECORD = """\
100 us ticks 6250 core 0 reset OK address 0x0 size 0x0 virt 1.0.0
400 us ticks 25000 core 0 plan OK address 0x0 size 0x0 loader code
1000 us ticks 62500 core 0 plan OK address 0x0 size 0x0 claims
2000 us ticks 125000 core 0 load OK address 0x0 size 0x0 b b 0
2100 us ticks 131250 core 0 start OK address 0x0 size 0x0 b core 2
9000 us ticks 562500 core 1 load OK address 0x0 size 0x0 linux ramdisk 0
9900 us ticks 618750 core 0 load OK address 0x0 size 0x0 linux kernel 0
10000 us ticks 625000 core 0 enter OK address 0x0 size 0x0 linux core 0
entries 8 dropped 0
loaded 1250000
now 1300000
"""
TRACE = """\
b: first instruction at tick 130000
b: link to linux up, session 1, at tick 1350000
b: first message from linux by tick 1400000
"""


def drawn(tmp_path, text):
    done = subprocess.run([TIMELINE, "-o", tmp_path / "boot.svg", "--title", "it"], input=text, capture_output=True, text=True)
    return done, ElementTree.parse(tmp_path / "boot.svg").getroot() if not done.returncode else None


def panels(root):
    """[{lane: [(text of a bar, its x, its width)]}] by what is drawn below each title."""
    out = []
    for element in root:
        if element.get("font-weight") == "bold":
            out.append({})
        elif out and element.get("text-anchor") == "end":
            lane = out[-1].setdefault(element.text, [])
        elif out and element.tag == f"{SVG}rect" and element.find(f"{SVG}title") is not None:
            text = element.find(f"{SVG}title").text
            lane.append((text.split(":")[0], float(element.get("x")), float(element.get("width"))))
    return out


def test_lanes_and_bars(tmp_path):
    done, root = drawn(tmp_path, RECORD + TRACE)
    assert not done.returncode, done.stderr
    whole, loader = panels(root)[:2]
    assert [*whole] == ["loader, Linux, core 0", "loader, core 1", "b, core 2"]
    assert [name for name, *_ in whole["loader, Linux, core 0"]] == [
        "reset virt", "plan", "load b", "start b", "load linux", "enter linux", "Linux boots, to its module", "Linux runs"]
    assert [name for name, *_ in whole["b, core 2"]] == ["b waits", "b runs"]
    assert [name for name, *_ in loader["loader, core 1"]] == ["load linux"]


def test_helpers(tmp_path):
    """A helper's first bar begins when it came; what was done beside it comes in the order of its ticks."""
    helped = """\
6000 us ticks 375000 core 1 load OK address 0x0 size 0x0 core 1 helps
8000 us ticks 500000 core 0 load OK address 0x0 size 0x0 linux ramdisk 0
9000 us ticks 562500 core 1 load OK address 0x0 size 0x0 linux kernel 0
7000 us ticks 437500 core 0 load OK address 0x0 size 0x0 c c 0
"""
    lines = RECORD.splitlines(keepends=True)
    _, root = drawn(tmp_path, "".join([*lines[:5], helped, *lines[7:]]) + TRACE)
    loader = panels(root)[1]
    pixels = (RIGHT - LEFT) / 625000
    [(name, x, width)] = loader["loader, core 1"]
    assert (name, x, width) == ("load linux", pytest.approx(LEFT + 375000 * pixels, abs=0.1), pytest.approx(187500 * pixels, abs=0.1))
    assert [name for name, *_ in loader["loader, Linux, core 0"]][3:] == ["start b", "load c", "load linux", "waits for helpers", "enter linux"]


def test_bars_are_to_scale(tmp_path):
    _, root = drawn(tmp_path, RECORD + TRACE)
    bars = {name: (x, width) for name, x, width in panels(root)[1]["loader, Linux, core 0"]}
    pixels = (RIGHT - LEFT) / 625000  # a tick's, where Linux is entered at the right edge
    for name, start, end in [("plan", 6250, 62500), ("load b", 62500, 125000), ("load linux", 131250, 618750)]:
        assert bars[name] == pytest.approx((LEFT + start * pixels, (end - start) * pixels), abs=0.1)


def test_moments_in_words(tmp_path):
    done, _ = drawn(tmp_path, RECORD + TRACE)
    assert re.findall(r"^b, core 2: (.*) at ([\d.]+) ms$", done.stdout, re.M) == [
        ("link to linux", "21.6"), ("first from linux", "22.4")]


def test_a_peer_by_a_clock_of_its_own(tmp_path):
    """It says when it began by that; all that is known is when it was let go."""
    _, root = drawn(tmp_path, RECORD + TRACE.replace("130000", "431"))
    assert [name for name, *_ in panels(root)[0]["b, core 2"]] == ["b"]


def test_firmware_that_does_not_say_when_it_began(tmp_path):
    """It begins where it was let go, and the library says the rest."""
    done, root = drawn(tmp_path, RECORD + "".join(TRACE.splitlines(True)[1:]))
    assert [name for name, *_ in panels(root)[0]["b, core 2"]] == ["b waits", "b runs"]
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize("text", ["", "nothing of the sort\n", TRACE])
def test_text_without_a_record(tmp_path, text):
    done, _ = drawn(tmp_path, text)
    assert done.returncode == 1 and "boot-record" in done.stderr and "Traceback" not in done.stderr


def test_names_are_escaped(tmp_path):
    done, root = drawn(tmp_path, RECORD.replace("b core 2", "<b>&c core 2"))
    assert not done.returncode and "<b>&c, core 2" in panels(root)[0]
