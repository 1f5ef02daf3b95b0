# SPDX-License-Identifier: BSD-2-Clause
"""Linux as one ELF: booted like any other, by the loader and by others."""
from itertools import groupby

import pytest
from elftools.elf.elffile import ELFFile

from board import BUILD, MAP, NAME
from bootstrap import one_elf
from conftest import Rack
from machine import Linux
from test_linux import (PAGE, PEERS, announced, boot_record, ranges, test_chosen, test_cores,
                        test_echo, test_echo_over_tty, test_link_nodes, test_memory_nodes,
                        test_name_service, test_reserved_nodes_are_kept_off, test_system_ram,
                        test_traces)

pytestmark = [pytest.mark.needs("bootstrap"), pytest.mark.port]

# pytest finds them here by their names, and runs them with this file's `demo`.
__all__ = ["announced", "test_chosen", "test_cores", "test_echo",
           "test_echo_over_tty", "test_link_nodes", "test_memory_nodes", "test_name_service",
           "test_reserved_nodes_are_kept_off", "test_system_ram", "test_traces"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory, environment, erased_bank):
    """The demo's Linux as an ELF, with the peers that it has there."""
    folder = tmp_path_factory.mktemp("bootstrap")
    system = one_elf(folder, (BUILD / NAME / "bootstrap/linux.elf").read_bytes())
    with Rack(folder, environment, erased_bank) as rack:
        yield Linux(rack.start(system.write()))


def test_one_record_of_both(linux):
    """The bootstrap goes on where the loader ends; only the bootstrap has made a tree."""
    read, _ = boot_record(linux)
    assert [stage for stage, _ in groupby(r.stage for r in read)] == [
        "reset", "find", "manifest", "plan", "load", "table", "start", "enter",
        "reset", "manifest", "plan", "fdt", "enter"]
    entered = [r.address for r in linux.transcript.of("enter")]
    assert MAP["BOOTSTRAP_BASE"] <= entered[0] < MAP["BOOTSTRAP_BASE"] + MAP["BOOTSTRAP_SIZE"]
    assert entered[1] == MAP["KERNEL_BASE"]


def test_console_has_of_the_record_what_each_wants(linux):
    """The system's manifest is verbose, the bootstrap's own is not: of its part the few lines of a good boot."""
    read, _ = boot_record(linux)
    second = [r.stage for r in read].index("reset", 1)
    assert linux.transcript.records == read[:second] + [r for r in read[second:] if r.stage in ("reset", "enter")]
    assert {r.result for r in read} == {"OK"}


def test_reserved_nodes(linux):
    """As for a kernel that the loader boots itself, and Linux's own table."""
    tables = {f"rsc-table@{MAP[name]:x}": (MAP[name], PAGE)
              for name in ("TABLE_LINUX_BASE", "TABLE_B_BASE", "TABLE_C_BASE")}
    have = ranges(linux)
    assert tables == {name: at for name, at in have.items() if name.startswith("rsc-table")}
    for peer in PEERS:
        upper = peer.upper()
        own = (MAP[f"PEER_{upper}_BASE"], MAP[f"PEER_{upper}_SIZE"])
        shared = (MAP[f"TABLE_{upper}_BASE"] + PAGE, 0x20000 - PAGE)
        assert {f"{peer}@{base:x}": (base, size) for base, size in (own, shared)} == \
            {name: at for name, at in have.items() if name.startswith(f"{peer}@")}
        base, end = MAP[f"LINK_{upper}_BASE"], MAP[f"LINK_{upper}_BASE"] + MAP["LINK_SIZE"]
        inside = sorted((at, name.split("@")[0]) for name, at in have.items()
                        if base <= at[0] < end)
        assert [name for _, name in inside] == \
            ["vdev0vring0", "vdev0vring1", "vdev0buffer", f"linux-{peer}"]
        assert [at[0] for at, _ in inside] == \
            [base, *(start + size for (start, size), _ in inside[:-1])]
        assert sum(inside[-1][0]) == end
    assert len(have) == 1 + len(tables) + len(PEERS) * 6


def test_firmware_for_remoteproc():
    """As pyelftools reads it: the table is found by its name, whole in one segment."""
    with (BUILD / NAME / "bootstrap/linux.elf").open("rb") as f:
        elf = ELFFile(f)
        assert elf["e_type"] == "ET_EXEC" and elf["e_machine"] == "EM_ARM"
        table = elf.get_section_by_name(".resource_table")
        [segment] = [s for s in elf.iter_segments("PT_LOAD") if s.section_in_segment(table)]
        assert (segment["p_paddr"], segment["p_filesz"], segment["p_memsz"]) == \
            (MAP["TABLE_LINUX_BASE"], table["sh_size"], table["sh_size"])
        assert segment["p_vaddr"] == segment["p_paddr"]
        assert table.data()[:4] == b"\1\0\0\0"
        loads = [s for s in elf.iter_segments("PT_LOAD") if s["p_memsz"]]
        assert len(loads) == elf.num_segments() == 5
