# SPDX-License-Identifier: BSD-2-Clause
"""labgrid's environment and tools/run describe the same machine."""
import shlex
from pathlib import Path

import yaml

import firmware  # noqa: F401  (finds tools)
from boards import machine


def test_environment_is_the_boards_machine():
    main = yaml.safe_load(Path(__file__).with_name("virt.yaml").read_text())["targets"]["main"]
    driver, board = main["drivers"]["ReadingQEMUDriver"], machine("virt")
    assert driver["machine"] == board["machine"]
    assert driver["cpu"] == board["cpu"]
    assert driver["memory"] == str(board["memory"])
    arguments = shlex.split(driver["extra_args"])
    assert arguments[:2] == ["-smp", str(board["smp"])]
    assert "none" in arguments
