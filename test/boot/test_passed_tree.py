# SPDX-License-Identifier: BSD-2-Clause
"""A loader that is started as a kernel is: its tree is where the one before it says."""
import re

import pytest

from board import MAP, loader_file
from conftest import END
from gdb import AT_ENTRY, started_by_gdb
from refusal import assert_refused
from system import small

pytestmark = [pytest.mark.needs("passed tree"), pytest.mark.port]

CLAIM = re.compile(r"([0-9a-f]+)\.\..* board device tree ")


def test_elsewhere(boot, tmp_path):
    """QEMU puts it behind an initrd, if there is one: nobody's here, at the tree's usual place."""
    (tmp_path / "initrd").write_bytes(b"no device tree")
    t = boot(small(tmp_path).write(), extra=f"-initrd {tmp_path / 'initrd'}")
    [place] = [int(m[1], 16) for line in t.plan() if (m := CLAIM.search(line))]
    assert place > MAP["BOARD_FDT_BASE"] and t.of("enter")


@pytest.mark.parametrize("passed, code", [
    (0, "FDT_MISSING"), (MAP.get("GICD_BASE", 0), "OUTSIDE_MAP"), (MAP["LOADER_RAM_BASE"], "OVERLAP"),
    (MAP["KERNEL_BASE"], "FDT_BROKEN")])
def test_it_can_not_be_there(machine, tmp_path, passed, code):
    """Found before a boot image is looked for."""
    gdb = started_by_gdb(loader_file(kind="elf"), *AT_ENTRY, f"set $x0 = {passed:#x}", "detach")
    t = machine(small(tmp_path).write(), **gdb).until(END)
    assert_refused(t, code)
    assert t.stages() == ["reset"]
