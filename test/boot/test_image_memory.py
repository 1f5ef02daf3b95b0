# SPDX-License-Identifier: BSD-2-Clause
"""Peers whose contexts have no `memory`: what their ELFs say is all that is kept from Linux."""
import re
from io import BytesIO

import pytest
from elftools.elf.elffile import ELFFile

from conftest import Rack, assert_clean
from control import Control
from firmware import MAP
from machine import Linux
from system import with_linux

PAGE = 0x1000


@pytest.fixture(scope="module")
def system(tmp_path_factory, build):
    roles = {"b": ("master", "remote"), "c": ("symmetric", "symmetric")}
    s = with_linux(tmp_path_factory.mktemp("system"), build, roles)
    for name in roles:
        del s.contexts[name]["memory"]
    return s


@pytest.fixture(scope="module")
def linux(tmp_path_factory, system, environment, erased_bank):
    rack = Rack(tmp_path_factory.mktemp("flash"), environment, erased_bank)
    linux = Linux(rack.start(system.write()))
    assert not linux.transcript.errors
    yield linux
    assert_clean(linux.run("dmesg"))
    rack.close()


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


@pytest.mark.parametrize("name", "bc")
def test_linux_has_none_of_it(linux, system, name):
    found = re.findall(r"^([0-9a-f]+)-([0-9a-f]+) : System RAM$",
                       "\n".join(linux.run("cat /proc/iomem")), re.M)
    ram = [(int(first, 16), int(last, 16) + 1) for first, last in found]
    assert len(ram) > 1
    for base, size in used(system, name):
        end = (base + size + PAGE - 1) & -PAGE
        assert not [r for r in ram if r[0] < end and base & -PAGE < r[1]], hex(base)


@pytest.mark.parametrize("name", "bc")
def test_it_works_and_starts_anew(linux, name):
    """Its second half, memory that nothing is loaded to, survives its own restart."""
    peer = Control(linux, name)
    for _ in range(2):
        [device] = peer.wait_for_links(1).values()
        line = linux.one(f"rpmsg-echo --count 500 {device}")
        assert line.split()[2:8] == ["sent", "500", "received", "500", "bad", "0"]
        linux.run(f"selftest restart {name} 1")
    trace = "\n".join(linux.run(f"cat /sys/kernel/debug/peerboot/{name}/trace0"))
    assert re.search(rf"^{name}: restarted, life 3;", trace, re.M)
