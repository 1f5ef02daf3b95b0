# SPDX-License-Identifier: BSD-2-Clause
"""What the bootstrap refuses, and where Linux's tree comes from. The witness is its kernel."""
import libfdt
import pytest

from board import MAP
from bootstrap import inner, inner_manifest, link_elf, one_elf, small_payload
from conftest import END
from its import compile_tree
from refusal import CODES

pytestmark = pytest.mark.needs("bootstrap")


@pytest.fixture
def system(tmp_path):
    """What the ELF knows; the loader's own manifest is always the same."""
    return inner(tmp_path)


@pytest.fixture
def start(machine, tmp_path):
    """start(payload, change): boot the ELF; change is made to the loader's system."""
    def run(payload, change=lambda outer: None):
        outer = one_elf(tmp_path, link_elf(tmp_path / "elf", payload))
        change(outer)
        return machine(outer.write()).until(END)

    return run


@pytest.fixture
def payload(tmp_path, system):
    """payload(): the ELF's, when system is as it shall be."""
    return lambda: small_payload(tmp_path, inner_manifest(tmp_path, system))


def assert_refused(t, code, stage):
    """The loader has entered the bootstrap, and that has entered nobody."""
    [error] = t.errors
    assert (error.name, error.number, error.stage) == (code, CODES[code], stage)
    assert t.records[-1].result == code
    assert len(t.of("enter")) == 1
    assert not t.witness("core")


def node(t, path):
    tree = libfdt.FdtRo(t.tree())
    return tree, tree.path_offset(path)


def text(t, path, name):
    tree, at = node(t, path)
    return tree.getprop(at, name).as_str()


def test_boots(start, payload):
    t = start(payload())
    assert not t.errors
    assert t.word("r2") == t.of("fdt")[0].address == MAP["FDT_BASE"]
    assert [text(t, f"/link-{peer}", "status") for peer in "bc"] == ["okay", "okay"]


def test_no_manifest(start, payload):
    files = payload()
    files["MANIFEST"] = b"not a tree"
    assert_refused(start(files), "FDT_BROKEN", "manifest")


def test_manifest_without_a_kernel(start, payload, system):
    linux = system.contexts["linux"]
    linux["image"] = linux.pop("kernel")
    del linux["bootargs"]
    assert_refused(start(payload()), "MANIFEST_BROKEN", "plan")


def test_overlays(start, payload, system):
    """There is no boot image that they could be in."""
    system.contexts["linux"]["overlays"] = "lcd"
    assert_refused(start(payload()), "FDT_OVERLAY", "plan")


def test_kernel_cut_off(start, payload, build):
    files = payload()
    files["KERNEL"] = (build / "linux/zImage").read_bytes()[:-0x1000]
    assert_refused(start(files), "ZIMAGE_BROKEN", "plan")


def test_peer_where_the_kernel_is(start, payload, system):
    system.contexts["b"]["memory"] = (MAP["KERNEL_BASE"], 0x1000, MAP["TABLE_B_BASE"], 0x20000)
    assert_refused(start(payload()), "OVERLAP", "plan")


def test_peer_where_the_bootstrap_is(start, payload, system):
    system.contexts["b"]["memory"] = (MAP["BOOTSTRAP_BASE"], 0x1000, MAP["TABLE_B_BASE"], 0x20000)
    assert_refused(start(payload()), "OVERLAP", "plan")


def test_other_core(start, payload, system):
    """The loader enters it on core 0; the ELF's manifest wants core 1."""
    system.contexts["linux"]["cpus"] = 0x2
    assert_refused(start(payload()), "CORE_START", "plan")


def test_core_that_is_not_there(start, payload, system):
    system.contexts["c"]["cpus"] = 0x80
    assert_refused(start(payload()), "CORE_ABSENT", "plan")


def without_c(outer):
    """The loader's system: there is no c in it."""
    del outer.contexts["c"], outer.links["linux-c"], outer.images["c"]


def test_peer_without_a_table(start, payload):
    """Nobody has loaded c: where its table should be there is nothing."""
    assert_refused(start(payload(), without_c), "TABLE_BROKEN", "plan")


def test_optional_peer_without_a_table(start, payload, system):
    """The same, and Linux starts without it; b's link is there."""
    system.contexts["c"]["optional"] = True
    t = start(payload(), without_c)
    assert not t.errors
    assert [r.what for r in t.of("plan", "TABLE_BROKEN")] == ["c"]
    assert text(t, "/link-b", "status") == "okay"
    assert text(t, "/link-c", "status") == "fail"


def test_link_that_nobody_has_filled_in(start, payload):
    """c is there, but its table is as its ELF brought it."""
    t = start(payload(), lambda outer: outer.links.pop("linux-c"))
    assert not t.errors
    assert text(t, "/link-b", "status") == "okay"
    assert text(t, "/link-c", "status") == "fail"


def test_link_without_a_vdev(start, payload, system):
    system.links["linux-b"]["vdev"] = 3
    assert_refused(start(payload()), "TABLE_NO_VDEV", "plan")


def test_tree_in_the_elf(start, payload, tmp_path):
    """It is Linux's; RAM is asked of the board, since this one has none."""
    files = payload()
    files["TREE"] = compile_tree(tmp_path, "own", {
        # the first name comes last among the strings, of which the witness prints whole words
        "compatible": "test", "model": "from the ELF", "#address-cells": 1, "#size-cells": 1,
        "interrupt-parent": 1,
        "intc": {"compatible": "arm,cortex-a15-gic", "interrupt-controller": True,
                 "#interrupt-cells": 3, "phandle": 1},
        "cpus": {"#address-cells": 1, "#size-cells": 0,
                 **{f"cpu@{n}": {"device_type": "cpu", "reg": n} for n in range(4)}}})
    t = start(files)
    assert not t.errors
    assert text(t, "/", "model") == "from the ELF"
    assert text(t, "/chosen", "bootargs") == "test"
    assert text(t, "/link-c", "status") == "okay"


def test_broken_tree_in_the_elf(start, payload):
    files = payload()
    files["TREE"] = b"\xd0\x0d\xfe\xed" + b"\0" * 60
    assert_refused(start(files), "FDT_BROKEN", "plan")
