# SPDX-License-Identifier: BSD-2-Clause
"""labgrid's environment is that of the board, and its machine that of tools/run."""
import gc
import os
import tempfile
from pathlib import Path

import pytest
import yaml

from board import FOLDER, NAME
from boards import names, qemu_command
from conftest import Rack

pytestmark = pytest.mark.port


@pytest.mark.parametrize("board", names())
def test_environment_is_the_boards(board):
    main = yaml.safe_load((FOLDER.parent / board / "labgrid.yaml").read_text())["targets"]["main"]
    assert main["drivers"]["BoardQEMUDriver"] == {"board": board}


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
