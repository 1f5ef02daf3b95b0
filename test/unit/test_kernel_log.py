# SPDX-License-Identifier: BSD-2-Clause
"""What programs print, with messages of Linux's log anywhere in it."""
import re
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tools"))
from boards import kernel_log  # noqa: E402

TEXT = "peerboot# "
MESSAGES = ["[    0.000000] Booting Linux\r\n", "[12345.678901] \n"]


@pytest.mark.parametrize("at", range(1, len(TEXT)))
@pytest.mark.parametrize("message", [*MESSAGES, "".join(MESSAGES)])
def test_torn_anywhere(at, message):
    text = TEXT[:at] + message + TEXT[at:]
    assert re.fullmatch(kernel_log.torn(TEXT), text)
    assert kernel_log.without(text) == TEXT


def test_what_is_no_message():
    for text in ("[1/3] step\n", "[ 12.5] short\n", "[    1.000000] not ended"):
        assert kernel_log.without(text) == text
    assert not re.search(kernel_log.torn(TEXT), "peerboot\n# ")
