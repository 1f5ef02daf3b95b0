# SPDX-License-Identifier: BSD-2-Clause
"""An optional context that is broken: the boot goes on, and Linux sees that it failed."""
import libfdt
import pytest

from board import MAP
from firmware import Elf
from system import linked
from test_errors import write_tree


@pytest.fixture
def system(tmp_path, build):
    s = linked(tmp_path, build)
    s.contexts["b"]["optional"] = True
    return s


def string(tree, path, name):
    return tree.getprop(tree.path_offset(path), name).as_str()


def children(tree, path):
    node = tree.first_subnode(tree.path_offset(path), [libfdt.NOTFOUND])
    out = []
    while node >= 0:
        out.append(tree.get_name(node))
        node = tree.next_subnode(node, [libfdt.NOTFOUND])
    return out


def read_tree(t):
    """The witness prints whole words; libfdt wants all bytes."""
    return libfdt.Fdt(t.tree().ljust(t.of("fdt")[-1].size, b"\0"))


def assert_b_failed_alone(t, code):
    assert not t.errors
    assert [r.result for r in t.records if r.result != "OK"] == [code]
    assert [r.what for r in t.of("start")] == ["c core 3"]
    assert t.word("core") == 0
    tree = read_tree(t)
    assert string(tree, "/link-b", "status") == "fail"
    assert string(tree, "/link-c", "status") == "okay"
    region = tree.getprop(tree.path_offset("/link-b"), "memory-region", [libfdt.NOTFOUND])
    assert region == -libfdt.NOTFOUND
    at = [int(name.split("@")[1], 16) for name in children(tree, "/reserved-memory")]
    for start, size in ((MAP["PEER_B_BASE"], MAP["PEER_B_SIZE"]), (MAP["TABLE_B_BASE"], 0x100000)):
        assert not [a for a in at if start <= a < start + size]
    assert [a for a in at if a == MAP["PEER_C_BASE"]]


def change(system, edit):
    elf = Elf(system.images["b"].data)
    edit(elf)
    system.images["b"].data = elf.bytes()


def break_hash(system):
    fit = system.write()
    data, content = fit.read_bytes(), system.images["b"].data
    at = data.index(content) + len(content) // 2
    fit.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
    return fit


BROKEN = {
    "IMAGE_MISSING": lambda s: s.contexts["b"].update(image="nobody"),
    "NO_HASH": lambda s: setattr(s.images["b"], "hashes", ()),
    "HASH_UNKNOWN": lambda s: setattr(s.images["b"], "hashes", ("md5",)),
    "ELF_MACHINE": lambda s: change(s, lambda e: e.header("machine", 243)),
    "ELF_ENTRY": lambda s: change(s, lambda e: e.header("entry", MAP["PEER_C_BASE"])),
    "OVERLAP": lambda s: change(s, lambda e: e.segment(
        e.loads()[0], "paddr", MAP["LOADER_RAM_BASE"])),
    "OUTSIDE_RAM": lambda s: change(s, lambda e: e.segment(e.loads()[0], "paddr", MAP["UART_BASE"])),
    "TABLE_BROKEN": lambda s: change(s, lambda e: e.data.__setitem__(
        e.section(e.find_section(".resource_table"), "offset"), 2)),
    "TABLE_MISSING": lambda s: change(s, lambda e: e.data.__setitem__(
        e.data.index(b".resource_table\0"), 0x58)),
    "TABLE_MISPLACED": lambda s: s.contexts["b"].update(
        {"resource-table": (MAP["TABLE_B_BASE"] + 0x1000, 0x1000)}),
    "CORE_ABSENT": lambda s: s.contexts["b"].update(cpus=0x100),
}


@pytest.mark.parametrize("early", [False, True], ids=["", "early"])
@pytest.mark.parametrize("code", BROKEN)
def test_found_by_the_plan(boot, system, code, early):
    system.contexts["b"]["early"] = early
    BROKEN[code](system)
    assert_b_failed_alone(boot(system.write()), code)


@pytest.mark.parametrize("early", [False, True], ids=["", "early"])
def test_found_while_loading(boot, system, early):
    system.contexts["b"]["early"] = early
    assert_b_failed_alone(boot(break_hash(system)), "HASH_WRONG")


def test_required_one_that_is_broken_stops_the_boot(boot, system):
    """b may fail, but c may not."""
    elf = Elf(system.images["c"].data)
    elf.header("machine", 243)
    system.images["c"].data = elf.bytes()
    t = boot(system.write())
    assert [e.name for e in t.errors] == ["ELF_MACHINE"]
    assert not t.of("start")


@pytest.mark.needs("tree")
def test_psci_refusal_alone(boot, system, tmp_path):
    """The core of c is in the tree but not in the machine, and that shows only at its start."""
    system.contexts["c"]["optional"] = True
    t = boot(system.write(), smp=3, extra=f"-dtb {write_tree(tmp_path)}")
    assert not t.errors
    assert [r.result for r in t.records if r.result != "OK"] == ["CORE_START"]
    assert [r.what for r in t.of("start")] == ["b core 2"]
    tree = read_tree(t)
    assert [string(tree, f"/link-{n}", "status") for n in "bc"] == ["okay", "fail"]
    assert not [n for n in children(tree, "/reserved-memory")
                if int(n.split("@")[1], 16) == MAP["PEER_C_BASE"]]


def test_both_fail(boot, system):
    system.contexts["c"]["optional"] = True
    for name in "bc":
        system.images[name].hashes = ()
    t = boot(system.write())
    assert [r.result for r in t.records if r.result != "OK"] == ["NO_HASH", "NO_HASH"]
    assert not t.of("start") and t.word("core") == 0
    tree = read_tree(t)
    assert [string(tree, f"/link-{n}", "status") for n in "bc"] == ["fail", "fail"]
    assert not [n for n in children(tree, "/reserved-memory") if not n.startswith("boot-record")]
