# SPDX-License-Identifier: BSD-2-Clause
"""What the loader prints when: nobody waits for the console in a good boot."""
import pytest

from board import ARCH, MAP, loader_file
from conftest import END
from gdb import started_by_gdb
from system import linked, small

pytestmark = pytest.mark.port

GOOD_BOOT = 600  # characters


@pytest.fixture
def quiet(tmp_path):
    """The demo's peers, the first of them early, and nobody wants to read more."""
    def make(folder, build):
        s = linked(folder, build)
        s.contexts["b"]["early"], s.verbose = True, False
        return s
    return make


@pytest.mark.needs("one cluster")
def test_good_boot(boot, quiet, tmp_path, build):
    """Where it comes from, what is started, and that it has been entered."""
    t = boot(quiet(tmp_path, build).write())
    assert t.printed_by_loader() <= GOOD_BOOT
    assert [(r.stage, r.what.split(" core")[0]) for r in t.records if r.stage != "reset"] == [
        ("find", "boot image in slot a"), ("start", "b"), ("start", "c"), ("enter", "linux")]
    assert t.records[0].stage == "reset" and not t.plan()


def mark_the_call(function):
    """gdb's commands: where the loader calls it for the first time it prints a mark first."""
    r, link, state = ("r", "lr", 1) if ARCH == "armv7-a" else ("x", "x30", 0)
    saved = [f"{r}{n}" for n in range(4)] + [link]
    return [f"break *{function}", "continue", *(f"set $saved_{name} = ${name}" for name in saved),
            f"set ${link} = (unsigned long)$pc + {state}", f"set ${r}0 = {ord('|')}", "set $pc = board_put", "continue",
            *(f"set ${name} = $saved_{name}" for name in saved), "delete", "detach"]


@pytest.mark.needs("psci", "one cluster")
def test_nothing_before_the_early_peer(machine, tmp_path):
    """Its core is started by the first call to the firmware."""
    s = small(tmp_path)
    s.verbose, s.contexts["p"]["early"] = False, True
    gdb = started_by_gdb(loader_file(kind="elf"), *mark_the_call("smccc_call"))
    t = machine(s.write(), **gdb).until(END)
    assert t.text.startswith("|peerboot: ") and t.text.count("|") == 1
    assert [r.what for r in t.of("start")] == ["p core 2"] and not t.errors


def test_error_shows_all(boot, tmp_path):
    """As the record has it: what was passed over until then, and the claims."""
    s = small(tmp_path)
    s.verbose = False
    s.contexts["p"]["early"] = True
    image = s.write()
    data = bytearray(image.read_bytes())
    kernel = s.images["kernel"].data
    data[data.index(kernel) + len(kernel) // 2] ^= 1
    image.write_bytes(data)
    t = boot(image)
    assert [e.name for e in t.errors] == ["HASH_WRONG"]
    assert {r.stage for r in t.records} == {"reset", "find", "manifest", "plan", "load", "start"}
    [claims] = [r.size for r in t.records if r.what == "claims"]
    assert len([r for r in t.records if r.stage == "plan"]) == claims + 1
    assert len({(r.ticks, r.what) for r in t.records}) == len(t.records)


@pytest.mark.needs("armv7-a")
def test_fault_shows_all(machine, tmp_path):
    s = small(tmp_path)
    s.verbose = False
    hole = MAP["RAM_BASE"] + MAP["RAM_SIZE"] + 0x1000000
    gdb = started_by_gdb(loader_file(kind="elf"), "break stage_load", "continue", "delete", f"set $pc = {hole:#x}", "detach")
    t = machine(s.write(), **gdb).until(END)
    assert [e.name for e in t.errors] == ["EXCEPTION"]
    assert [r for r in t.records if r.what == "manifest"] and t.records[-1].result == "EXCEPTION"


@pytest.mark.needs("signature", "armv7-a")
def test_loader_for_bring_up(machine, tmp_path, build):
    """CONSOLE=now, as the loader of tests is built: where it hangs is behind the last line."""
    s = small(tmp_path)
    s.verbose = False
    s.sign()
    hang = "set {unsigned short}$pc = 0xe7fe"  # a branch to itself
    gdb = started_by_gdb(loader_file("test", "elf"), "break *stage_plan", "continue", "delete", hang, "detach")
    t = machine(s.write("-k", build / "test/fixtures/keys"), loader="test", **gdb).until(
        r"^peerboot: .* manifest +OK .*$")
    assert t.stages() == ["reset", "find", "manifest"]
