# SPDX-License-Identifier: BSD-2-Clause
"""Device-tree overlays in the boot image, over the board's own tree and over one beside them.

The loader is the variant "unpack", which has the feature.
"""
import libfdt
import pytest

from board import HAS
from conftest import Rack, assert_clean
from its import Image, body, compile_tree
from machine import Linux
from system import small, with_linux
from test_compression import pack
from test_errors import board_tree
from test_formats import assert_boots

pytestmark = pytest.mark.needs("overlays", "decompression")

LOADER = "unpack"
# That only this tree has: QEMU's own, or the one of the kernel's package.
DEVICE = "/pl031@9010000" if "tree" in HAS else "/gpio-keys"


def overlay(folder, name, text):
    return Image(compile_tree(folder, name, f"/dts-v1/; /plugin/;\n{text}"), type="flat_dt")


@pytest.fixture
def loader():
    return LOADER


@pytest.fixture
def system(tmp_path):
    """The second stands on what the first has brought."""
    s = small(tmp_path)
    s.images["one"] = overlay(tmp_path, "one", '&{/} { added: added { value = "one"; left = <1>; }; };')
    s.images["two"] = overlay(tmp_path, "two", '&{/added} { value = "two"; };')
    s.contexts["linux"]["overlays"] = ["one", "two"]
    return s


def check(t):
    assert_boots(t)
    tree = libfdt.Fdt(t.tree())
    node = tree.path_offset("/added")
    assert tree.getprop(node, "value").as_str() == "two"
    assert tree.getprop(node, "left").as_uint32() == 1
    return tree


@pytest.mark.parametrize("loader", [LOADER, "slots"])
@pytest.mark.parametrize("flags", [(), ("-E", "-B", "8")], ids=["inline", "aligned"])
def test_over_the_boards_tree(boot, system, flags, loader):
    tree = check(boot(system.write(*flags)))
    assert tree.path_offset(DEVICE) > 0


def test_over_a_tree_of_the_boot_image(boot, system, tmp_path):
    """By labels; and compressed."""
    base = f"/dts-v1/;\n/ {{\n{''.join(body(board_tree()))}label: label {{ }};\n}};\n"
    system.images["fdt"] = Image(compile_tree(tmp_path, "base", base, "-@"), type="flat_dt")
    system.images["three"] = overlay(tmp_path, "three", "&label { clocks = <&label>; };")
    pack(system.images["fdt"], "gzip")
    pack(system.images["two"], "lz4")
    system.contexts["linux"].update(fdt="fdt", overlays=["one", "two", "three"])
    tree = check(boot(system.write()))
    node = tree.path_offset("/label")
    assert tree.getprop(node, "clocks").as_uint32() == tree.get_phandle(node) != 0


def test_linux_sees_it(tmp_path, environment, erased_bank, build):
    s = with_linux(tmp_path, build, {})
    s.images["one"] = overlay(tmp_path, "one", '&{/} { added { value = "by an overlay"; }; };\n'
                              f'&{{{DEVICE}}} {{ status = "disabled"; }};')
    s.contexts["linux"]["overlays"] = "one"
    with Rack(tmp_path, environment, erased_bank) as rack:
        linux = Linux(rack.start(s.write(), loader=LOADER))
        assert linux.one("tr -d '\\0' </proc/device-tree/added/value; echo") == "by an overlay"
        assert linux.strings(f"/proc/device-tree{DEVICE}/status") == ["disabled"]
        linux.run(". /lib/peers.sh; for p in b c; do wait_for has_device $p rpmsg-raw || exit 1; done")
        assert_clean(linux.run("dmesg"))


# --- refused -------------------------------------------------------------------------------------

def test_other_way_round(refused, system):
    system.contexts["linux"]["overlays"] = ["two", "one"]
    t = refused("FDT_OVERLAY", system.write())
    assert "overlay two:" in t.reports()[0]


def test_label_that_is_not_there(refused, system, tmp_path):
    system.images["two"] = overlay(tmp_path, "two", "&nobody { };")
    t = refused("FDT_OVERLAY", system.write())
    assert "overlay two:" in t.reports()[0]


def test_whole_tree_in_place_of_an_overlay(refused, system, tmp_path):
    """Without fragments nothing of it would be applied."""
    system.images["two"] = Image(compile_tree(tmp_path, "two", board_tree()), type="flat_dt")
    t = refused("FDT_OVERLAY", system.write())
    assert "overlay two: no fragment" in t.reports()[0]


def test_broken(refused, system):
    system.images["two"].data = system.images["two"].data[:-20]
    refused("FDT_BROKEN", system.write())


def test_missing(refused, system):
    system.contexts["linux"]["overlays"] = ["one", "nobody"]
    refused("IMAGE_MISSING", system.write())


def test_wrong_hash(refused, system):
    fit = system.write()
    data = fit.read_bytes()
    at = data.index(system.images["two"].data) + 100
    fit.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
    refused("HASH_WRONG", fit)


def test_loader_without(refused, system):
    refused("FDT_OVERLAY", system.write(), loader="plain")
