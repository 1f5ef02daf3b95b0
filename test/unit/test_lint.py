# SPDX-License-Identifier: BSD-2-Clause
"""What `make lint` finds of its own."""
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


def lint_platform(*files):
    return subprocess.run([TOP / "tools/lint-platform", *files], cwd=TOP, capture_output=True, text=True)


@pytest.mark.parametrize("line", [
    "#include \"boot/board/virt/memory_map.h\"", "gic->phandle", "doorbell_gic", "is_gics", "gicv3", "psci_on()",
    "\"arm,armv7-timer\"", "X(\"qcom,msm-8660-qgic\")", "arch/armv8-a", "0x08000000", "= 0x09000000;"])
def test_knowledge_of_a_platform(tmp_path, line):
    (tmp_path / "x.c").write_text(f"a\n{line}\n")
    done = lint_platform(tmp_path / "x.c")
    assert done.returncode == 1 and done.stdout == f"{tmp_path}/x.c:2: {line}\n"


@pytest.mark.parametrize("name", ["gic.c", "virt.h"])
def test_name_of_a_file(tmp_path, name):
    (tmp_path / name).write_text("")
    assert lint_platform(tmp_path / name).returncode == 1


@pytest.mark.parametrize("line", [
    "virtio_rpmsg_bus", "struct virtqueue", "virtual", "FDT_MAGIC magic logic", "biological", "0x10800000", "0x80"])
def test_words_that_hold_the_letters(tmp_path, line):
    (tmp_path / "x.c").write_text(line)
    assert lint_platform(tmp_path / "x.c").returncode == 0


def test_tree():
    done = lint_platform()
    assert done.returncode == 0, done.stdout + done.stderr


def lint_arrows(*arguments):
    return subprocess.run([TOP / "tools/lint-arrows", *arguments], cwd=TOP, capture_output=True, text=True)


@pytest.mark.parametrize("path, line, ok", [
    ("arch/armv7-a/x.c", '#include "boot/board.h"', False),
    ("driver/x.c", '#include "boot/feature/explain.h"', False),
    ("driver/x.c", '#include "resource_table/link_resource.h"', False),
    ("base/x.h", '# include "arch/arch.h"', False),
    ("fdt/x.c", '#include "boot/plan/plan.h"', False),
    ("linux/x.c", '#include "arch/arch.h"', False),
    ("images/lib/x.c", '#include "boot/stage/stage.h"', False),
    ("images/master/x.c", '#include "boot/stage/stage.h"', True),
    ("boot/x.c", '#include "driver/psci.h"', True),
    ("arch/armv7-a/x.S", '#include "arch/armv7-a/mode.inc"', True),
    ("driver/x.c", '#include "base/error.h"', True),
    ("linux/x.c", '#include "lib/endpoint.h"', True),
    ("driver/x.c", "/* boot/board.h */", True),
    ("driver/x.c", "#include BOARD_MEMORY_MAP", True)])
def test_arrows(tmp_path, path, line, ok):
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(f"\n{line}\n")
    done = lint_arrows("--top", tmp_path, path)
    assert (done.returncode == 0) == ok
    assert ok or done.stdout.startswith(f"{path}:2: ")


def test_arrows_of_tree():
    done = lint_arrows()
    assert done.returncode == 0, done.stdout + done.stderr
