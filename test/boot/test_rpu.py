# SPDX-License-Identifier: BSD-2-Clause
"""Cores of another instruction set than the loader's, which begin and take exceptions at one address."""
import pytest

from board import MAP, loader_file
from conftest import END
from firmware import ALIVE, PROGRAM_SIZE, ZEROED, build_peer, elf64, flat, mark_of, witness
from gdb import AT_ENTRY, started_by_gdb
from its import Image
from refusal import assert_refused
from system import CLUSTER, CORES, PEER_BASE, small
from tree import Tree

pytestmark = [pytest.mark.needs("versal_rpu"), pytest.mark.port]

BASES = {"b": PEER_BASE, "c": MAP.get("PEER_C_BASE")}
VECTORS = MAP.get("VECTORS_BASE", 0)


@pytest.fixture
def system(tmp_path):
    """The witness as Linux, and on each R5 a program that takes an exception."""
    s = small(tmp_path)
    del s.images["p"], s.contexts["p"]
    s.images["kernel"].data = flat(witness(map(mark_of, BASES.values()), thumb=False))
    for name, base in BASES.items():
        s.images[name] = Image(build_peer("rpu", base, thumb=False))
        s.contexts[name] = {**CLUSTER, "cpus": CORES[name], "memory": (base, PROGRAM_SIZE), "image": name}
    return s


def test_both_run_and_take_exceptions(boot, system):
    """Each by its own way from the vectors that they share; one before Linux's images are there, one after."""
    system.contexts["c"]["early"] = True
    t = boot(system.write())
    assert t.marks() == {mark_of(base): (ALIVE | ZEROED | n, 0) for n, base in enumerate(BASES.values())}
    assert [r.what for r in t.of("start")] == ["c core 101", "b core 100"]
    tree = Tree(t.tree())
    assert "no-map" in tree.names(f"/reserved-memory/vectors@{VECTORS:x}")


def test_one_alone(boot, system):
    """The other, which nobody has, stays in reset."""
    del system.contexts["b"], system.images["b"]
    t = boot(system.write())
    assert t.marks() == {mark_of(BASES["b"]): (0, 0), mark_of(BASES["c"]): (ALIVE | ZEROED | 1, 0)}


def test_firmware_of_64_bits(refused, system):
    system.images["b"] = Image(elf64(PEER_BASE))
    refused("CORE_WIDTH", system.write())


def test_firmware_on_an_a72(refused, system):
    del system.contexts["b"]["cluster"]
    system.contexts["b"]["cpus"] = 0x2
    refused("CORE_WIDTH", system.write())


def test_out_of_sight(refused, system):
    system.images["b"] = Image(build_peer("rpu", 0x80000000, thumb=False))
    refused("OUTSIDE_VIEW", system.write())


def test_vectors_of_its_own(refused, system):
    """At the address where the other core has them, too."""
    system.images["b"] = Image(build_peer("rpu", VECTORS, mark_of(PEER_BASE), thumb=False))
    system.contexts["b"]["memory"] = (VECTORS, PROGRAM_SIZE)
    refused("OVERLAP", system.write())


def test_running_already(machine, system):
    """Somebody has let it go before, into a loop at 0: found before anything is written."""
    physical = "maintenance packet Qqemu.PhyMemMode:"
    gdb = started_by_gdb(loader_file(kind="elf"), *AT_ENTRY, f"{physical}1", f"set {{int}}{VECTORS} = 0xeafffffe",
                         f"set {{int}}{MAP['CRL_BASE'] + 0x300} = 2", f"{physical}0")
    t = machine(system.write(), **gdb).until(END)
    assert_refused(t, "CORE_START")
    assert t.errors[0].stage == "plan" and not t.of("load")
