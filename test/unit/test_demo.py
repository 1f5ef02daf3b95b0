# SPDX-License-Identifier: BSD-2-Clause
"""tools/demo shows on a terminal that the loader is at work, until the console says something; elsewhere nothing."""
import io
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pexpect
import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture(scope="module")
def demo():
    sys.path.insert(0, str(TOOLS))
    loader = SourceFileLoader("demo_tool", str(TOOLS / "demo"))
    module = module_from_spec(spec_from_loader("demo_tool", loader))
    loader.exec_module(module)
    return module


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("to, counted", [(Terminal(), True), (io.StringIO(), False)])
def test_seconds_until_the_first_word(demo, to, counted):
    shown = demo.Shown(to)
    shown.tick(1)
    shown.tick(2)
    shown.write("")
    assert ("2 s" in to.getvalue()) == counted
    shown.write("first\n")
    shown.tick(3)
    shown.write("second\n")
    assert to.getvalue().endswith("\r\033[Kfirst\nsecond\n" if counted else "first\nsecond\n")
    assert "3 s" not in to.getvalue() and counted or to.getvalue() == "first\nsecond\n"


class Console:
    """One that has nothing to say for so many seconds."""
    def __init__(self, silent):
        self.silent, self.logfile_read, self.ticks = silent, self, []

    def tick(self, seconds):
        self.ticks.append(seconds)

    def expect(self, patterns, timeout):
        self.silent -= timeout
        return patterns.index(pexpect.TIMEOUT) if self.silent >= 0 else 1


def test_what_comes_late_comes(demo):
    console = Console(3)
    assert demo.expect(console, ["a", "b"], 4) == 1 and console.ticks == [1, 2, 3]


def test_what_does_not_come(demo):
    console = Console(9)
    with pytest.raises(pexpect.TIMEOUT):
        demo.expect(console, ["a", "b"], 4)
    assert console.ticks == [1, 2, 3, 4]
