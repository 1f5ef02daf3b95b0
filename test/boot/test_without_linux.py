# SPDX-License-Identifier: BSD-2-Clause
"""Bare-metal peers and no Linux: nobody but the loader lets their doorbells through."""
import struct
import subprocess

import pytest

from board import ARCH, CC, FOLDER, MAP, NAME, TOP, VARIANTS, c_library
from firmware import PROGRAM_SIZE, WITNESS_BASE, witness
from its import Image
from roles import WAYS, every_role, named
from system import System

pytestmark = [pytest.mark.needs("gicv2"), pytest.mark.port]

STEPS = 200  # images/talk.c
MARK = 0x2000  # behind the table
GICD_CTLR = MAP["GICD_BASE"]
# Arm IHI 0048B, 4.3.1; IHI 0069, 12.9.4: one security state, affinity routing, group 1.
ENABLE, DS, ARE, GROUP1 = 1 << 0, 1 << 6, 1 << 4, 1 << 1


def talker(folder, build, name, way, program="talk"):
    """A program of images/ on the library, as anybody links a firmware of his own: docs/firmware.md."""
    upper, elf = name.upper(), folder / f"{program}-{name}.elf"
    defines = [f'-DBOARD_MEMORY_MAP="{FOLDER}/memory_map.h"', f'-DIMAGE_NAME="{name}"',
               f"-DMARK={MAP[f'TABLE_{upper}_BASE'] + MARK:#x}", f"-DRESTARTS={int(name == 'b')}",
               f'-DPROCESSOR="{TOP}/test/boot/images/{ARCH}.h"',
               f"-DIMAGE_TRACE={MAP[f'TRACE_{upper}_BASE']:#x}"]
    if way == "static":
        defines.append("-DTALK_STATIC")
    flags, libraries = c_library()
    subprocess.run([*CC, "-std=gnu11", "-Os", "-Wall", "-Wextra", "-Werror",
                    "-ffunction-sections", "-fdata-sections", f"-I{TOP}", f'-DDEMO_LAYOUT="{TOP}/images/demo/{NAME}/layout.h"', *defines, "-nostartfiles",
                    "-static", *flags, "-Wl,--gc-sections,-z,max-page-size=8",
                    "-Wl,--orphan-handling=error,--fatal-warnings",
                    "-T", build / NAME / f"images/obj/echo-{name}/image.ld", "-o", elf,
                    TOP / f"test/boot/images/{program}.c", build / NAME / "images/libpeerboot.a", *libraries], check=True)
    return Image(elf.read_bytes())


@pytest.fixture
def system(tmp_path, build):
    """system(way): b and c, and three links between them, one of each pair of roles."""
    def make(way):
        s = System(tmp_path)
        marks = []
        for name, cores in (("b", MAP["PEER_B_CPUS"]), ("c", MAP["PEER_C_CPUS"])):
            table = MAP[f"TABLE_{name.upper()}_BASE"]
            s.images[name] = talker(tmp_path, build, name, way)
            s.contexts[name] = {"cpus": cores, "image": name,
                                "memory": (MAP[f"PEER_{name.upper()}_BASE"],
                                           MAP[f"PEER_{name.upper()}_SIZE"], table, 0x20000)}
            marks.append(table + MARK)
        for name, link in named(every_role([("b", "c")])).items():
            s.links[name] = link.node(way)
        s.images["w"] = Image(witness(marks, show=[(GICD_CTLR, 4)]))
        s.contexts["w"] = {"cpus": 0x1, "image": "w", "memory": (WITNESS_BASE, PROGRAM_SIZE)}
        return s, marks

    return make


def assert_talk(boot, system, way, early="", **options):
    s, marks = system(way)
    for name in early:
        s.contexts[name]["early"] = True
    t = boot(s.write(), icount=True, **options)
    assert not t.errors
    found = t.marks()
    assert [found[mark] for mark in marks] == [(3 * STEPS, 0)] * 2
    assert struct.unpack("<I", t.memory(GICD_CTLR))[0] == (
        ARE | GROUP1 | DS if "gic-version=3" in options.get("model", "") else ENABLE)


@pytest.mark.parametrize("way, early", [
    *((way, "") for way in WAYS), ("preset", "b"), ("preset", "bc")])
def test_peers_alone(boot, system, way, early):
    """Every pair of roles, before and after one of them has started anew, and in bells' time: the
    witness waits a second, in which a lost bell for each step would not get far; by the instructions'
    clock, so that it is as long on any machine."""
    assert_talk(boot, system, way, early)


@pytest.mark.needs("hyp")
def test_peers_alone_from_hyp(boot, system):
    """Entered in Hyp mode, where nobody has set up the timer's offset and the traps."""
    assert_talk(boot, system, "preset", model=VARIANTS["hyp"])


@pytest.mark.needs("gicv3")
@pytest.mark.parametrize("way", ["preset", "static"])
def test_peers_alone_on_a_gicv3(boot, system, way):
    """The same images and boot image: loader and peers ask their core which GIC there is."""
    assert_talk(boot, system, way, model=VARIANTS["gicv3"])


@pytest.mark.needs("gicv3", "hyp")
def test_peers_alone_from_hyp_on_a_gicv3(boot, system):
    """Where access to its registers has to be given to Supervisor mode first."""
    assert_talk(boot, system, "preset", model=f"{VARIANTS['hyp']},gic-version=3")


PERIODS, SLEEPS_MOST = 6, 6 + 1 + 1 * 2  # images/period.c: once each, and once more after 50 ms


@pytest.mark.parametrize("variant", [None, pytest.param("gicv3", marks=pytest.mark.needs("gicv3"))])
def test_sleep_ends_at_a_deadline(boot, tmp_path, build, variant):
    """Not before, to be late by less than a millisecond, and asleep until then."""
    s = System(tmp_path)
    mark = MAP["TABLE_B_BASE"] + MARK
    s.images["b"] = talker(tmp_path, build, "b", "static", "period")
    s.contexts["b"] = {"cpus": MAP["PEER_B_CPUS"], "image": "b",
                       "memory": (MAP["PEER_B_BASE"], MAP["PEER_B_SIZE"], MAP["TABLE_B_BASE"], 0x20000)}
    s.images["w"] = Image(witness([mark]))
    s.contexts["w"] = {"cpus": 0x1, "image": "w", "memory": (WITNESS_BASE, PROGRAM_SIZE)}
    t = boot(s.write(), icount=True, **({"model": VARIANTS[variant]} if variant else {}))
    done, late = t.marks()[mark]
    assert (done & 0xffff, done >> 16 <= SLEEPS_MOST) == (PERIODS, True)
    assert late < 1000
