# SPDX-License-Identifier: BSD-2-Clause
"""The machine is another than the board's folder says: less RAM, all cores out of reset at once, or
a core that comes in Hyp mode."""
import re

import pytest

from board import ARCH, BUILD, MACHINE, MAP, NAME, VARIANTS, loader_file
from conftest import END, assert_clean
from firmware import ALIVE, ZEROED, mark_of
from machine import Linux
from refusal import CODES, assert_refused
from system import PEER_BASE, small

pytestmark = pytest.mark.port

SECURE, HYP = VARIANTS.get("secure"), VARIANTS.get("hyp")
CPSR_MODE, MODE_HYP = 0x1f, 0x1a
SCTLR_M, SCTLR_C = 1 << 0, 1 << 2
HCR_RW = 1 << 31  # and nothing of the loader's


@pytest.mark.needs("tree", "far ram")
@pytest.mark.parametrize("mib", [256, 480])
def test_loaders_own_ram_is_not_there(boot, tmp_path, mib):
    """Said by code that needs none, in the words that an error has elsewhere."""
    t = boot(small(tmp_path).write(), memory=mib)
    [error] = t.errors
    assert (error.name, error.number, error.stage) == ("OUTSIDE_RAM", CODES["OUTSIDE_RAM"], "reset")
    for number in ("LOADER_RAM_BASE", "LOADER_RAM_SIZE"):
        assert f"0x{MAP[number]:08x}" in t.text
    assert not t.records


@pytest.mark.needs("tree")
def test_ram_ends_behind_the_loader(boot, tmp_path):
    """Then there is a plan, and it names what lacks RAM."""
    ends = MAP["LOADER_RAM_BASE"] + (10 << 20), MAP["STAGING_BASE"] + MAP["STAGING_SIZE"]
    [error] = boot(small(tmp_path).write(), memory=(max(ends) - MAP["RAM_BASE"]) >> 20).errors
    assert (error.name, error.stage) == ("OUTSIDE_RAM", "plan")


def program_counters(machine):
    """Of all cores, when they have been left to themselves for a while."""
    return [int(pc, 16) for pc in re.findall(r"(?:R15| PC)=([0-9a-f]+)", machine.power.registers())]


@pytest.mark.needs("secure")
def test_all_cores_out_of_reset(boot, tmp_path):
    """One of them goes on. In Secure state nobody answers PSCI calls: the error says so."""
    t = boot(small(tmp_path).write(), model=SECURE)
    assert_refused(t, "CORE_START")
    assert t.errors[0].stage == "start"
    [line] = [line for line in t.lines if "error CORE_START" in line]
    assert "core 2" in line and "PSCI" in line and "Secure" in line
    lines = [line for line in t.lines if line]
    assert [line for line in lines if not line.startswith("peerboot: ")] == []


@pytest.mark.needs("secure")
def test_all_cores_out_of_reset_with_an_optional_peer(boot, tmp_path):
    """The rest of the system comes up without it."""
    s = small(tmp_path)
    s.contexts["p"]["optional"] = True
    t = boot(s.write(), model=SECURE)
    assert [(r.stage, r.result) for r in t.records if r.result != "OK"] == [("start", "CORE_START")]
    assert t.word("core") == 0
    assert t.marks()[mark_of(PEER_BASE)] == (0, 0)


@pytest.mark.needs("secure")
def test_others_wait_at_reset(machine, tmp_path, build):
    """In the loader's flash, and asleep."""
    m = machine(small(tmp_path).write(), model=SECURE)
    m.until(END)
    counters = program_counters(m)
    assert len(counters) == MACHINE["smp"]
    assert len(set(counters[1:])) == 1
    assert counters[1] < (loader_file()).stat().st_size


@pytest.mark.needs("el3")
def test_el3(machine, tmp_path, build):
    """Nothing that comes later would work there: it is said at once, once, and no core goes on."""
    m = machine(small(tmp_path).write(), model=VARIANTS["el3"])
    t = m.until(END)
    [error] = t.errors
    assert (error.name, error.number, error.stage) == ("CORE_START", CODES["CORE_START"], "reset")
    assert "EL3" in t.text
    assert all(counter < loader_file().stat().st_size for counter in program_counters(m))


@pytest.mark.needs("hyp")
def test_hyp_mode(boot, tmp_path):
    """Or EL2. All contexts are entered in it, as Linux wants all its cores alike: the loader's own core by the
    loader, the others by PSCI, which is asked by SMC there."""
    t = boot(small(tmp_path).write(), model=HYP)
    assert not t.errors
    if ARCH == "armv8-a":
        assert t.word("level") == 2
        assert t.word("hcr") == HCR_RW
        assert t.word("r0") == MAP["FDT_BASE"]
    else:
        assert t.word("cpsr") & CPSR_MODE == MODE_HYP
        assert (t.word("r0"), t.word("r1"), t.word("r2")) == (0, 0xffffffff, MAP["FDT_BASE"])
    assert not t.word("sctlr") & (SCTLR_M | SCTLR_C)
    assert t.marks()[mark_of(PEER_BASE)][0] == ALIVE | ZEROED | 2


@pytest.mark.needs("hyp")
def test_hyp_mode_ends_as_elsewhere(machine, tmp_path):
    """Power is switched off by SMC, too."""
    s = small(tmp_path)
    s.images["p"].hashes = ()
    m = machine(s.write(), model=HYP)
    assert [e.name for e in m.until(END).errors] == ["NO_HASH"]
    assert m.power.monitor_command("query-status")["status"] == "shutdown"


@pytest.mark.needs("hyp", "linux", "armv8-a")
def test_linux_at_el2_on_another_core(machine):
    """The demo's two cores of Linux and its peers, as Cortex-A72 and with nobody below them."""
    linux = Linux(machine(BUILD / NAME / "demo/boot.itb", model=HYP, extra="-cpu cortex-a72"))
    assert any(line.split() == ["CPU", "part", ":", "0xd08"] for line in linux.run("cat /proc/cpuinfo"))
    log = linux.run("dmesg")
    assert any(line.endswith("CPU: All CPU(s) started at EL2") for line in log)
    assert_clean(log)
    assert linux.run("/demo")[-1] == "demo: linux side ok"
