# SPDX-License-Identifier: BSD-2-Clause
"""A boot that was refused: which error, and that nothing was started."""
import re

from board import TOP

CODES = {name: -int(number) for number, name in
         re.findall(r"X\((\d+), (\w+),", (TOP / "base/error.h").read_text())}


def assert_refused(transcript, code):
    [error] = transcript.errors
    assert (error.name, error.number) == (code, CODES[code])
    assert transcript.records[-1].result == code
    assert not transcript.of("start") and not transcript.of("enter")
    assert not transcript.witness("core")
