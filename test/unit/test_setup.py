# SPDX-License-Identifier: BSD-2-Clause
"""tools/setup with an apt that does as the real one: its status descriptor is not its children's."""
import os
import subprocess
from pathlib import Path

SETUP = Path(__file__).resolve().parents[2] / "tools/setup"
APT = r"""#!/bin/bash
[ "$1" = install ] || exit 0
status=$(printf '%s\n' "$@" | sed -n 's/^APT::Status-Fd=//p')
echo "pmstatus:some-package:50.0000:Installing some-package" >&"$status"
(eval "exec $status>&-"; echo "a package's script says something") || exit 100
touch "$INSTALLED"
"""
DPKG_QUERY = '#!/bin/sh\n[ ! -e "$INSTALLED" ] || printf installed\n'


def test_packages_scripts_can_speak(tmp_path):
    for name, text in (("apt-get", APT), ("dpkg-query", DPKG_QUERY), ("sudo", '#!/bin/sh\n[ "$1" = -v ] || exec "$@"\n')):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "INSTALLED": str(tmp_path / "installed")}
    done = subprocess.run([SETUP, "--build"], env=environment, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    assert "setup: install 50 %" in done.stdout.splitlines()
