# SPDX-License-Identifier: BSD-2-Clause
"""The firmware of docs/firmware.md beside the demo's peers, all in contexts without `memory`: what
their ELFs say is all that is kept from Linux."""
import os
import re
import subprocess
from io import BytesIO

import pytest
from elftools.elf.elffile import ELFFile

from board import BUILD, CROSS, MAP, NAME, TOP
from conftest import Rack, assert_clean
from control import Control
from its import Image, compile_tree
from machine import Linux
from system import with_linux

# What the page's commands are for, and its addresses.
pytestmark = pytest.mark.needs("armv7-a", "pl011")

PAGE = 0x1000
# More MiB than may be divided into pages, and one page; its half is no odd MiB, for Linux (docs/porting.md).
LARGE = "0x401000"
DOC = (TOP / "docs/firmware.md").read_text()


def examples(language):
    return re.findall(rf"^```{language}\n(.*?)^```", DOC, re.M | re.S)


def build_firmware(folder, program=None, commands=None):
    """As the page says, in a folder of its own."""
    folder.mkdir()
    (folder / "main.c").write_text(program or examples("c")[0])
    return subprocess.run(["sh", "-eu", "-c", commands or examples("sh")[0]], cwd=folder,
                          env={**os.environ, "P": str(TOP)}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def documented_manifest(folder):
    """The demo's with what the page adds."""
    source = subprocess.run(
        [f"{CROSS}cpp", "-undef", "-nostdinc", "-D__DTS__", "-x", "assembler-with-cpp", "-P", "-I.",
         "-include", BUILD / NAME / "demo/board.h",
         "images/demo/manifest.dts"], cwd=TOP, check=True, capture_output=True, text=True).stdout
    context, link = examples("dts")
    for old, new in ((f"cpus = <{MAP['LINUX_CPUS']:#x}>;", "cpus = <0x1>;"), ("contexts {", f"contexts {{ {context}"),
                     ("links {", f"links {{ {link}")):
        assert source.count(old) == 1
        source = source.replace(old, new)
    return source, lambda text: compile_tree(folder, "manifest", text)


@pytest.fixture(scope="module")
def system(tmp_path_factory, build):
    folder = tmp_path_factory.mktemp("system")
    s = with_linux(folder, build, {})
    [commands] = examples("sh")
    for name, size in ("mine", "0x200000"), ("large", LARGE):
        made = build_firmware(folder / name, commands=commands.replace("-DIMAGE_SIZE=0x200000", f"-DIMAGE_SIZE={size}"))
        assert made.returncode == 0, made.stdout
    s.images["mine"] = Image((folder / "large/mine.elf").read_bytes())
    source, compiled = documented_manifest(folder)
    linux, peers = re.split(r"(?<=bootargs)", source)
    contexts, links = peers.split("links {")
    contexts = re.sub(r"^\s*memory = .*;$", "", contexts, flags=re.M)
    first = source.index("mine {")
    mine = re.sub(r"^\s*memory = .*;$", "", source[first:source.index("}", first)], flags=re.M)
    linux = linux.replace(source[first:source.index("}", first)], mine)
    text = f"{linux}{contexts}links {{{links}"
    assert text.count("memory =") == 1 + 3  # Linux's, and those of the links
    s.manifest.data = compiled(text)
    return s


def test_the_page_as_it_is(tmp_path, system, host):
    """With `memory`, stripped, and the image's node as it is there."""
    system.images["mine"].data = (system.folder / "mine/mine.stripped.elf").read_bytes()
    node = examples("its")[0]
    compile_tree(tmp_path, "its", "/dts-v1/; / {\n" + node.replace(
        '/incbin/("mine.stripped.elf")', "[00]") + "};")
    source, compiled = documented_manifest(tmp_path)
    without, system.manifest.data = system.manifest.data, compiled(source)
    try:
        host.assert_taken(system.write())
    finally:
        system.manifest.data = without
        system.images["mine"].data = (system.folder / "large/mine.elf").read_bytes()


@pytest.mark.parametrize("old, new, says", [
    ("-DIMAGE_TABLE=0x5d600000", "-DIMAGE_TABLE=0x5c500000",
     "the resource table is not in memory that contexts share"),
    ("-DIMAGE_TRACE=0x5d604000", "-DIMAGE_TRACE=0x50000000",
     "the trace is not in memory that contexts share"),
    ("-DIMAGE_TRACE=0x5d604000", "-DIMAGE_TRACE=0x5d600000",
     "the trace overlaps the resource table"),
    ("-DIMAGE_BASE=0x5c400000", "-DIMAGE_BASE=0x5d800000",
     "the image's own memory overlaps memory that contexts share"),
    ("-DIMAGE_SIZE=0x200000", "-DIMAGE_SIZE=0x10000", "does not fit into its memory"),
    ("-DIMAGE_BASE=0x5c400000", "-DIMAGE_BASE=0x5c400800", "the image's own memory is not whole pages"),
    ("-DIMAGE_SIZE=0x200000", "-DIMAGE_SIZE=0x1ff800", "the image's own memory is not whole pages"),
], ids=["table", "trace", "both", "own", "size", "base in a page", "size in a page"])
def test_wrong_places_are_no_image(tmp_path, old, new, says):
    [commands] = examples("sh")
    assert old in commands
    made = build_firmware(tmp_path / "mine", commands=commands.replace(old, new))
    assert made.returncode != 0 and says in made.stdout


def test_constructors_are_no_image(tmp_path):
    """Nobody would call them."""
    program = examples("c")[0] + """static volatile int done;
__attribute__((constructor)) static void early(void) { done = 1; }"""
    made = build_firmware(tmp_path / "mine", program=program)
    assert made.returncode != 0 and "constructors" in made.stdout


def test_sections_of_nobody_are_no_image(tmp_path):
    program = '__attribute__((section(".mine"))) volatile int mine = 1;\n' + \
        examples("c")[0].replace("\tint result;\n", "\tint result = mine;\n")
    made = build_firmware(tmp_path / "mine", program=program)
    assert made.returncode != 0 and "orphan section `.mine'" in made.stdout


@pytest.fixture(scope="module")
def linux(tmp_path_factory, system, environment, erased_bank):
    with Rack(tmp_path_factory.mktemp("flash"), environment, erased_bank) as rack:
        linux = Linux(rack.start(system.write()))
        assert not linux.transcript.errors
        yield linux
        assert_clean(linux.run("dmesg"))


def used(system, name):
    """(base, size) of its segments, and of what it works in whether that is in one or not."""
    elf = ELFFile(BytesIO(system.images[name].data))
    symbols = elf.get_section_by_name(".symtab")
    places = {"mmu_table": 0x4000, "image_life": 4, "bss_start": 8, "trace_start": MAP["TRACE_SIZE"]}
    for symbol, size in places.items():
        [found] = symbols.get_symbol_by_name(symbol)
        yield found["st_value"], size
    for segment in elf.iter_segments("PT_LOAD"):
        yield segment["p_paddr"], segment["p_memsz"]


@pytest.mark.parametrize("name", ["b", "c", "mine"])
def test_linux_has_none_of_it(linux, system, name):
    found = re.findall(r"^([0-9a-f]+)-([0-9a-f]+) : System RAM$",
                       "\n".join(linux.run("cat /proc/iomem")), re.M)
    ram = [(int(first, 16), int(last, 16) + 1) for first, last in found]
    assert len(ram) > 1
    for base, size in used(system, name):
        end = (base + size + PAGE - 1) & -PAGE
        assert not [r for r in ram if r[0] < end and base & -PAGE < r[1]], hex(base)


def assert_echoes(linux, name):
    [device] = Control(linux, name).wait_for_links(1).values()
    line = linux.one(f"rpmsg-echo --count 500 {device}")
    assert line.split()[2:8] == ["sent", "500", "received", "500", "bad", "0"]


def trace_of(linux, name):
    return "\n".join(linux.run(f"cat /sys/kernel/debug/peerboot/{name}/trace0"))


@pytest.mark.parametrize("name", "bc")
def test_it_works_and_starts_anew(linux, name):
    """Its second half, memory that nothing is loaded to, survives its own restart."""
    for life in (2, 3):
        control = Control(linux, name).devices("rpmsg_ctrl")[name]  # another one each time
        assert_echoes(linux, name)
        linux.run(f"rpmsg-command {control} 1026 restart || true; . /lib/peers.sh; anew() {{ grep -q "
                  f"'restarted, life {life};' /sys/kernel/debug/peerboot/{name}/trace0; }}; wait_for anew")
    assert_echoes(linux, name)


def test_the_pages_firmware_works(linux):
    assert_echoes(linux, "mine")
    assert re.search(r"^mine: link to linux up, session 1, at tick \d+$", trace_of(linux, "mine"), re.M)
