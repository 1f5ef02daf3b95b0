# SPDX-License-Identifier: BSD-2-Clause
"""What the host's command says against the board, beyond what every boot of the tests compares."""
import subprocess

import pytest

from board import MACHINE, MAP
from conftest import END
from firmware import Elf
from system import linked, small

pytestmark = pytest.mark.port


def source(path):
    """Without the seeds, which QEMU makes anew for each start."""
    done = subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "dts", path], capture_output=True,
                          text=True, check=True)
    return [line for line in done.stdout.splitlines() if "-seed = " not in line]


def test_linux_gets_the_same_tree(machine, host, tmp_path, build):
    m = machine(linked(tmp_path, build).write())
    t = m.until(END)
    assert not host.run("check", "--linux-fdt", tmp_path / "host.dtb", m.flash).returncode
    # The witness prints whole words: what is left of the last string is in neither.
    tree, size = (tmp_path / "host.dtb").read_bytes(), t.of("fdt")[-1].size
    assert len(tree) == size
    (tmp_path / "host.dtb").write_bytes(tree[:len(t.tree())].ljust(size, b"\0"))
    (tmp_path / "board.dtb").write_bytes(t.tree().ljust(size, b"\0"))
    assert source(tmp_path / "host.dtb") == source(tmp_path / "board.dtb")


@pytest.mark.needs("tree")
def test_ram_that_the_loader_does_not_reach(machine, tmp_path):
    """More than the loader has mapped, by the machine's own tree: refused before anything has started."""
    s = small(tmp_path)
    elf = Elf(s.images["p"].data)
    elf.segment(1, "paddr", MAP["RAM_BASE"] + MAP["RAM_SIZE"])
    s.images["p"].data = elf.bytes()
    del s.contexts["p"]["memory"]
    t = machine(s.write(), memory=2 * MACHINE["memory"]).until(END)
    [error] = t.errors
    assert (error.name, error.stage) == ("OUTSIDE_MAP", "plan")
    assert not t.of("load") and not t.of("start")
