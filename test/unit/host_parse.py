# SPDX-License-Identifier: BSD-2-Clause
"""For differential tests: our readers' answers, from host_parse.c, and how inputs are changed."""
import json
import os
import re
import struct
import subprocess
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

TOP = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PEERBOOT_BUILD", TOP / "build"))
FIXTURES = BUILD / "test/fixtures"
PROGRAM = BUILD / "test/unit/host_parse"

# The same examples each time: what a new one would find, fuzzing finds.
ALIKE = settings(derandomize=True, deadline=None, database=None,
                 suppress_health_check=list(HealthCheck))


def codes():
    """{"ELF_MAGIC": -20 …}"""
    text = (TOP / "base/error.h").read_text()
    return {name: -int(number) for number, name in re.findall(r"X\((\d+), (\w+), ", text)}


class Parser:
    """One process for many questions. A sanitizer's report ends it, and the test with it."""

    def __init__(self):
        if not PROGRAM.exists():  # `make check` has built it; alone, a test builds its own
            subprocess.run(["make", "-s", f"BUILD={BUILD}", "test-programs"], cwd=TOP, check=True,
                           timeout=280)
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, letter, data):
        self.process.stdin.write(letter.encode() + struct.pack("<I", len(data)) + data)
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the reader broke off"
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=60) == 0


# A change: (place, kind, number). What is changed and how, the format's test says.
NUMBERS = st.one_of(st.integers(-40, 40), st.sampled_from(
    [0, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff, 0xffff, 0x10000]),
    st.integers(0, 0xffffffff))


def changed_word(old, relative, number, size=4):
    """A number near the old one, or another."""
    return (old + number if relative else number) % (1 << 8 * size)
