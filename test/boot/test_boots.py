# SPDX-License-Identifier: BSD-2-Clause
"""Boots, each until every peer has echoed; and the demo as people run it."""
import os
import re
import subprocess
import sys

import pytest

from board import NAME, TOP
from conftest import assert_clean
from machine import Linux
from roles import Link, linux_and_peers

SOAK = "BOOTS" in os.environ  # `make soak` boots more often
BOOTS = int(os.environ.get("BOOTS", "20"))


@pytest.fixture(scope="session")
def soon(tmp_path_factory, build):
    """The demo's peers and links, with a kernel that starts sooner."""
    folder = tmp_path_factory.mktemp("soon")
    return linux_and_peers(folder, build, [Link(("linux", "b"), "master"), Link(("linux", "c"), "master")]).write()


@pytest.mark.parametrize("boot_number", [
    pytest.param(n, marks=pytest.mark.port if n == 4 else pytest.mark.once) for n in range(BOOTS)])
def test_boot_to_echo(request, machine, build, boot_number):
    """Each fifth by the loader without features, which says less and boots the same; that and the one before
    it of the demo itself, as are all of `make soak`."""
    demo = boot_number % 5 >= 3 or SOAK
    fit = build / NAME / "demo/boot.itb" if demo else request.getfixturevalue("soon")
    linux = Linux(machine(fit, loader="small" if boot_number % 5 == 4 else "plain"))
    assert "selftest: echo ok" in linux.run("selftest echo 20")
    assert {r.result for r in linux.transcript.records} == {"OK"}
    assert_clean(linux.run("dmesg"))


@pytest.fixture(scope="module")
def demo_console(tmp_path_factory, build):
    """tools/demo's own run: its console, kept for the tests that take lines away."""
    done = subprocess.run([TOP / "tools/demo", "--board", NAME, build / NAME / "demo/flash.img"], capture_output=True)
    path = tmp_path_factory.mktemp("demo") / "console"
    path.write_bytes(done.stdout)
    return path, done.returncode


@pytest.mark.port
def test_demo(demo_console):
    path, status = demo_console
    assert status == 0
    assert path.read_text().splitlines()[-1] == "demo: ok"


@pytest.mark.once
@pytest.mark.parametrize("line", [
    r"peerboot: \[.*\] \d+ reset .*", r" *\d+ us .* fdt OK .*", r" *\d+ us .* plan OK .* c .*", r"\[ *[\d.]+\] Linux version.*",
    r"demo: b announces rpmsg-raw.*", r"demo: c announces rpmsg-tty.*",
    r"rpmsg-echo: /dev/rpmsg0 .*", r"rpmsg-echo: /dev/ttyRPMSG1 .*", r"  c\| .*",
    r"demo: linux side ok"])
def test_demo_says_what_is_missing(demo_console, tmp_path, line):
    """The same console without one kind of line is no success."""
    text = demo_console[0].read_text(errors="replace")
    less, count = re.subn(rf"^{line}$", "", text, flags=re.M)
    assert count
    (tmp_path / "console").write_text(less)
    done = subprocess.run([sys.executable, TOP / "tools/demo", "--board", NAME, "--check", tmp_path / "console"],
                          capture_output=True, text=True)
    assert done.returncode == 1
    assert re.search(r"^demo: missing: ", done.stdout, re.M)
    assert "demo: ok" not in done.stdout.replace(less, "").splitlines()


@pytest.mark.once
@pytest.mark.parametrize("line", [
    r"peerboot: linux .* is up, cpus 0-1", r"demo: b announces rpmsg-raw: .*", r"demo: linux side ok",
    r"rpmsg-echo: /dev/rpmsg0 .*"])
@pytest.mark.parametrize("place", ["in", "behind"])
def test_kernel_message_in_a_line(demo_console, tmp_path, line, place):
    """Linux's log is on the same console."""
    text = demo_console[0].read_text(errors="replace")
    message = "[   12.345678] virtio_rpmsg_bus virtio1: rpmsg host is online\r\n"

    def tear(match):
        at = len(match[0]) if place == "behind" else len(match[0]) // 2
        return match[0][:at] + message + match[0][at:]

    torn, count = re.subn(rf"^{line}$", tear, text, flags=re.M)
    assert count
    (tmp_path / "console").write_text(torn)
    done = subprocess.run([sys.executable, TOP / "tools/demo", "--board", NAME, "--check", tmp_path / "console"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
