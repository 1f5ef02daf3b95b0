# SPDX-License-Identifier: BSD-2-Clause
"""The host's peerboot and the board say the same of every flash image that a test boots."""
import subprocess

import pytest

from board import HAS, NAME, TOP
from console import ERROR


def table(done):
    """The plan's, of what the command has said."""
    return [line.rstrip() for line in done.stdout.split("\n\n")[0].splitlines()]


class HostCommand:
    """peerboot check and plan with the board's own device tree, as QEMU makes it, if it has one."""

    def __init__(self, command, tree=None):
        self.command, self.tree = command, tree

    def run(self, *arguments):
        tree = ["--fdt", self.tree] if self.tree else []
        return subprocess.run([self.command, *arguments, "--board", NAME, *tree],
                              capture_output=True, text=True)

    def error(self, image, trust=()):
        """The one that it ends with: fields as in console.py."""
        [line] = self.run("check", *trust, image).stderr.splitlines()
        return ERROR.match(line)

    def plan(self, image, trust=()):
        """The plan's table."""
        return table(self.run("plan", *trust, image))

    def assert_refused(self, code, image, trust=()):
        assert self.error(image, trust)["name"] == code

    def assert_taken(self, image, trust=()):
        done = self.run("check", *trust, image)
        assert (done.returncode, done.stderr) == (0, "")

    def assert_agrees(self, transcript, flash, trust=()):
        """plan says what is wrong as check does."""
        done = self.run("plan", *trust, flash)
        assert done.stderr.splitlines() == transcript.reports()
        assert done.returncode == bool(transcript.errors)
        if transcript.plan():
            assert table(done) == [line.rstrip() for line in transcript.plan()]


@pytest.fixture(scope="session")
def host(build, tmp_path_factory):
    command = build / "host-tool/peerboot"
    if "tree" not in HAS:
        return HostCommand(command)
    tree = tmp_path_factory.mktemp("host") / f"{NAME}.dtb"
    subprocess.run([TOP / "tools/dumpfdt", "--board", NAME, "-o", tree], check=True)
    return HostCommand(command, tree)
