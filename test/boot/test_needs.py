# SPDX-License-Identifier: BSD-2-Clause
"""Which tests are a board's own."""
import pytest

from board import HAS, KNOWN, had_by, lacks
from boards import machine, memory_map, names, settings

SETTINGS = {"BOARD_ARCH": "armv7-a", "BOARD_DRIVERS": "gicv2 pl011", "BOARD_LACKS": "slots bootstrap",
            "BOARD_FEATURES": "sha1"}
PLACES = {"RAM_BASE": 0, "LOADER_RAM_BASE": 1 << 20}


@pytest.mark.parametrize("needs, lacked", [
    (["armv7-a", "gicv2", "recovery", "linux"], None), (["gicv2", "slots"], "slots"),
    (["bootstrap"], "bootstrap"), (["psci"], "psci"), (["tree"], "tree"), (["hyp"], "hyp"), ([], None),
    (["without overlays"], None), (["without sha1"], "without sha1")])
def test_what_a_board_lacks(needs, lacked):
    assert lacks(needs, had_by(SETTINGS, {"variants": {"secure": "x"}}, PLACES)) == lacked


@pytest.mark.parametrize("places, lacked", [({}, "passed tree"), ({"LOADER_IS_KERNEL": 1}, None)])
def test_who_is_passed_its_tree(places, lacked):
    assert lacks(["passed tree"], had_by(SETTINGS, {}, PLACES | places)) == lacked


@pytest.mark.parametrize("base, lacked", [((480 << 20) - 1, "far ram"), (480 << 20, None)])
def test_where_the_loader_is_with_much_memory(base, lacked):
    assert lacks(["far ram"], had_by(SETTINGS, {}, PLACES | {"LOADER_RAM_BASE": base})) == lacked


def test_need_that_nobody_has():
    """Not even this board: the test would never run, and nobody would know."""
    with pytest.raises(AssertionError, match="slotz"):
        lacks(["slotz"])


@pytest.mark.parametrize("board", names())
def test_boards_have_nothing_that_tests_do_not_know(board):
    assert had_by(settings(board), machine(board), memory_map(board)) <= KNOWN


def test_this_board_has_something():
    assert HAS
