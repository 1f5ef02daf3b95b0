# SPDX-License-Identifier: BSD-2-Clause
"""How contexts are entered, in which order, and what the record says of it."""
import subprocess

import pytest

from board import MAP, NAME
from firmware import ALIVE, PROGRAM_SIZE, ZEROED, flat, mark_of, peer, witness
from its import Image
from system import CORES, PEER_BASE, linked, small

pytestmark = pytest.mark.port

# SCTLR: MMU, data cache, instruction cache
SCTLR_M, SCTLR_C, SCTLR_I = 1 << 0, 1 << 2, 1 << 12
DAIF = 0xf << 6
CPSR_MODE, MODE_SVC, CPSR_F, CPSR_I = 0x1f, 0x13, 1 << 6, 1 << 7


@pytest.fixture
def system(tmp_path):
    return small(tmp_path)


@pytest.mark.needs("armv7-a")
def test_linux_boot_protocol(boot, system):
    """Documentation/arch/arm/booting.rst: registers, MMU and caches off, SVC, interrupts off."""
    t = boot(system.write())
    assert t.word("r0") == 0
    assert t.word("r1") == 0xffffffff
    assert t.word("r2") == t.of("fdt")[0].address == MAP["FDT_BASE"]
    assert len(t.tree()) // 4 * 4 == t.of("fdt")[0].size // 4 * 4
    assert not t.word("sctlr") & (SCTLR_M | SCTLR_C | SCTLR_I)
    assert t.word("cpsr") & CPSR_MODE == MODE_SVC
    assert t.word("cpsr") & CPSR_I and t.word("cpsr") & CPSR_F


@pytest.mark.needs("armv8-a")
def test_linux_boot_protocol_of_64_bits(boot, system):
    """Documentation/arch/arm64/booting.rst: the tree in x0, MMU and caches off, all masked."""
    t = boot(system.write())
    assert t.word("r0") == t.of("fdt")[0].address == MAP["FDT_BASE"]
    assert (t.word("r1"), t.word("r2")) == (0, 0)
    assert len(t.tree()) // 4 * 4 == t.of("fdt")[0].size // 4 * 4
    assert not t.word("sctlr") & (SCTLR_M | SCTLR_C | SCTLR_I)
    assert t.word("level") == (2 if "LOADER_IS_KERNEL" in MAP else 1) and t.word("daif") == DAIF


def test_order_of_stages(boot, system):
    t = boot(system.write())
    assert t.stages() == ["reset", "find", "manifest", "plan", "load", "fdt", "start", "enter"]
    assert [r.ticks for r in t.records] == sorted(r.ticks for r in t.records)


def test_first_record_has_board_and_version(boot, system, build):
    """The same as the host's command, which is built from the same tree."""
    version = subprocess.run([build / "host-tool/peerboot", "--version"], check=True,
                             capture_output=True, text=True).stdout.split()[1]
    t = boot(system.write())
    assert (t.records[0].stage, t.records[0].what) == ("reset", f"{NAME} {version}"[:27])


def test_early_context_starts_before_others_are_loaded(boot, system):
    system.contexts["p"]["early"] = True
    t = boot(system.write())
    steps = [(r.stage, r.what.split()[0]) for r in t.records]
    assert steps.index(("start", "p")) < steps.index(("load", "linux"))
    assert t.marks()[mark_of(PEER_BASE)][0] == ALIVE | ZEROED | CORES["b"].bit_length() - 1


def test_plan_fails_before_an_early_context_starts(boot, system):
    """An error in the last image's headers is found before the first core runs."""
    system.contexts["p"]["early"] = True
    system.images["kernel"].load = system.images["kernel"].entry = MAP["LOADER_RAM_BASE"]
    t = boot(system.write())
    assert [e.name for e in t.errors] == ["OVERLAP"]
    assert not t.of("start") and not t.of("load")


@pytest.mark.needs("one cluster")
def test_every_context_on_its_core(boot, system):
    """Three peers: each runs on the lowest core of its own."""
    bases = {1: PEER_BASE, 2: PEER_BASE + 0x100000, 3: PEER_BASE + 0x200000}
    del system.contexts["p"], system.images["p"]
    for core, base in bases.items():
        system.images[f"p{core}"] = Image(peer(base))
        system.contexts[f"p{core}"] = {"cpus": 1 << core, "image": f"p{core}",
                                       "memory": (base, PROGRAM_SIZE)}
    system.images["kernel"].data = flat(witness([mark_of(base) for base in bases.values()], thumb=False))
    t = boot(system.write())
    assert {core: t.marks()[mark_of(base)][0] for core, base in bases.items()} == \
        {core: ALIVE | ZEROED | core for core in bases}


@pytest.mark.needs("one cluster")
def test_context_with_two_cores_starts_on_the_lower(boot, system):
    system.contexts["p"]["cpus"] = 0xc
    t = boot(system.write())
    assert t.marks()[mark_of(PEER_BASE)][0] == ALIVE | ZEROED | 2
    assert [r.what for r in t.of("start")] == ["p core 2"]


def test_tables_are_placed_before_their_owner_starts(boot, tmp_path, build):
    t = boot(linked(tmp_path, build).write())
    steps = [(r.stage, r.what.split()[0]) for r in t.records]
    for name in "bc":
        assert steps.index(("table", name)) < steps.index(("start", name))
        [table] = [r for r in t.of("table") if r.what.split()[0] == name]
        assert table.address == MAP[f"TABLE_{name.upper()}_BASE"]


def test_records_are_the_same_under_icount(boot, tmp_path):
    """Nothing in the loader depends on anything but its input."""
    fit = small(tmp_path).write()
    runs = [boot(fit, icount=True) for _ in range(2)]
    assert runs[0].records == runs[1].records
