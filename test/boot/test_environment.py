# SPDX-License-Identifier: BSD-2-Clause
"""labgrid's machine is that of tools/run."""
import gc
import os
import tempfile
from pathlib import Path

import pytest

from board import NAME
from boards import qemu_command
from conftest import Rack

pytestmark = pytest.mark.port


def test_machine_is_that_of_the_tools(machine):
    """But for the console, and for what tells when it is on and off."""
    m = machine()
    command = [str(word) for word in qemu_command(NAME, m.power.banks)]
    assert m.power._cmd[:len(command)] == command


def test_machine_that_is_off_leaves_nothing_open(tmp_path, environment, erased_bank):
    """Hundreds are on in the life of one test process, and select() knows no file above 1023."""
    def files():
        with Rack(Path(tempfile.mkdtemp(dir=tmp_path)), environment, erased_bank) as rack:
            rack.start().until("^peerboot: ")
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    assert files() == files()
