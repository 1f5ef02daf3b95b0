# SPDX-License-Identifier: BSD-2-Clause
"""When `make check` says that something takes too much."""
import sys

import pytest

from board import TOP

sys.path.insert(0, str(TOP / "test/bench"))
from budgets import compare  # noqa: E402


@pytest.mark.parametrize("taken, held", [
    ({"a": 100}, True), ({"a": 90}, True), ({"a": 102}, True), ({"a": 103}, False),
    ({"a": 100, "b": 1}, False),  # nobody has said what that may take
    ({}, False)])                 # nor that it is gone
def test_what_is_within_a_budget(taken, held):
    assert compare({"a": 100}, taken) == held


@pytest.mark.parametrize("taken, named", [(98, False), (97, True)])
def test_what_takes_less_is_named(taken, named, capsys):
    assert compare({"a": 100}, {"a": taken})
    assert (f"UNDER: budgets.toml can say {taken}" in capsys.readouterr().out) == named
