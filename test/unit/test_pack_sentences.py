# SPDX-License-Identifier: BSD-2-Clause
"""tools/pack-sentences refuses what the loader could not unpack, and packs the same to the same."""
import re
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
TOOL = TOP / "tools/pack-sentences"
# With its NUL, where the loader unpacks it to.
LONGEST = int(re.search(r"#define SENTENCE_SIZE (\d+)", (TOP / "base/sentence.h").read_text())[1])


def pack(folder, section):
    (folder / "section").write_bytes(section)
    done = subprocess.run([TOOL, folder / "section", folder / "packed"], capture_output=True, text=True, check=False)
    return done.returncode, (folder / "packed").read_bytes() if not done.returncode else done.stderr


@pytest.mark.parametrize("section, name", [
    (b"x" * LONGEST + b"\0", "xxx"),
    ("number €".encode() + b"\0", "number"),
    (b"a\ttab\0", "tab"),
    (b"fine\0no end", "section"),
    (b"twelve bytes\0" * 6000, "65535"),
])
def test_what_cannot_be_unpacked(tmp_path, section, name):
    code, said = pack(tmp_path, section)
    assert code == 1
    assert name in said


def test_the_longest_and_none(tmp_path):
    assert pack(tmp_path, b"x" * (LONGEST - 1) + b"\0")[0] == 0
    assert pack(tmp_path, b"") == (0, bytes(320))


def test_twice_the_same(tmp_path):
    section = b"segment %u overlaps\r\n\0segment %u of segment %u\0" * 3
    assert pack(tmp_path, section) == pack(tmp_path, section)
