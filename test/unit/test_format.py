# SPDX-License-Identifier: BSD-2-Clause
"""The loader's own snprintf() (boot/format.c) knows few conversions; the compiler, which checks formats,
knows them all."""
import re
import subprocess
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
KNOWN = re.compile(r"%[-0]?\d*((ll|l|z)?[dux]|(\.\d+)?s)|%%")


def test_no_conversion_but_those_that_the_loader_knows():
    files = subprocess.run(["git", "ls-files", "boot/*.[ch]", "fdt/*.[ch]", "resource_table/*.[ch]",
                            "base/*.[ch]"], cwd=TOP, capture_output=True, text=True,
                           check=True).stdout.split()
    found = 0
    for name in files:
        text = re.sub(r"/\*.*?\*/|__asm__.*?;|'.'", "", (TOP / name).read_text(), flags=re.S)
        for string in re.findall(r'"((?:\\.|[^"\\\n])*)"', text):
            rest = KNOWN.sub("", string)
            found += rest != string
            assert "%" not in rest, f"{name}: {string}"
    assert found > 100
