# SPDX-License-Identifier: BSD-2-Clause
"""For tests of the host's command: the sanitized build, and boot images made as for test/boot."""
import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PEERBOOT_BUILD", TOP / "build"))
TREE = BUILD / "test/fixtures/virt.dtb"
PEERBOOT = BUILD / "host-tool/sanitized/peerboot"
OK, REFUSED, USAGE = 0, 1, 2
BOARDS = sorted(path.parent.name for path in (TOP / "boot/board").glob("*/board.c"))

sys.path.insert(0, str(TOP / "test/boot"))


def run(*arguments, **options):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.run([PEERBOOT, *map(str, arguments)], text=True, timeout=60,
                          **options)


def peerboot(*arguments, status=OK, **options):
    """Run it; the exit status must be this one. The sanitizers have one of their own."""
    done = run(*arguments, **options)
    assert done.returncode == status, f"{done.stdout}{done.stderr}"
    return done


def on_virt(command, *arguments, **options):
    return peerboot(command, "--board=virt", f"--fdt={TREE}", *arguments, **options)
