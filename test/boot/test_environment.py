# SPDX-License-Identifier: BSD-2-Clause
"""labgrid's environment and tools/run describe the same machine."""
import gc
import os
import shlex
import tempfile
from pathlib import Path

import yaml

from boards import machine
from conftest import Rack
from firmware import TOP  # before what is in tools


def test_environment_is_the_boards_machine():
    main = yaml.safe_load((TOP / "boot/board/virt/labgrid.yaml").read_text())["targets"]["main"]
    driver, board = main["drivers"]["ReadingQEMUDriver"], machine("virt")
    assert driver["machine"] == board["machine"]
    assert driver["cpu"] == board["cpu"]
    assert driver["memory"] == str(board["memory"])
    arguments = shlex.split(driver["extra_args"])
    assert arguments[:2] == ["-smp", str(board["smp"])]
    assert "none" in arguments


def test_machine_that_is_off_leaves_nothing_open(tmp_path, environment, erased_bank):
    """Hundreds are on in the life of one test process, and select() knows no file above 1023."""
    def files():
        with Rack(Path(tempfile.mkdtemp(dir=tmp_path)), environment, erased_bank) as rack:
            rack.start().until("^peerboot: ")
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    assert files() == files()
