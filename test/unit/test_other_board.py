# SPDX-License-Identifier: BSD-2-Clause
"""A loader or a flash image of another board: each tool says whose it is, and refuses it."""
import subprocess

import pytest

from host_command import BUILD, TOP, USAGE, peerboot
from board import MAP

DEMO = BUILD / "virt/demo/boot.itb"
LOADER = BUILD / "virt/peerboot.bin"


def tool(name, *arguments):
    return subprocess.run([TOP / "tools" / name, *arguments], capture_output=True, text=True)


@pytest.fixture
def other(tmp_path):
    """virt's loader, if it was virx's: the name is as long."""
    path = tmp_path / "other.bin"
    data = LOADER.read_bytes()
    assert data.count(b"peerboot on virt:") == 1
    path.write_bytes(data.replace(b"peerboot on virt:", b"peerboot on virx:"))
    return path


def test_check(other):
    done = peerboot("check", "--board=virt", "-L", other, DEMO, status=USAGE)
    assert done.stderr == f"peerboot: {other}: a loader of board virx, not of virt\n"
    done = peerboot("check", "--board=virt", "-L", "virt64-slots", DEMO, status=USAGE)
    assert done.stderr == "peerboot: virt64-slots: a loader of board virt64, not of virt\n"
    done = peerboot("check", "--board=virt64", "-L", LOADER, DEMO, status=USAGE)
    assert done.stderr == f"peerboot: {LOADER}: a loader of board virt, not of virt64\n"


def test_check_of_a_flash_image(other, tmp_path):
    image = tmp_path / "flash.img"
    flash = bytearray(b"\xff" * MAP["FLASH_SIZE"])
    flash[:LOADER.stat().st_size] = other.read_bytes()
    image.write_bytes(flash)
    done = peerboot("check", "--board=virt", image, status=USAGE)
    assert done.stderr == f"peerboot: {image}: a loader of board virx, not of virt\n"


def test_mkflash(other, tmp_path):
    image = tmp_path / "flash.img"
    done = tool("mkflash", "--board", "virt", "--loader", other, "-o", image)
    assert done.returncode and f"{other}: its loader is one of board virx, not of virt" in done.stderr
    assert not image.exists()


def test_run(tmp_path):
    """A card has no loader; flash has one."""
    flash, card = tmp_path / "flash.img", tmp_path / "card.img"
    assert tool("mkflash", "--board", "virt", "--loader", LOADER, "-o", flash).returncode == 0
    assert tool("mkflash", "--board", "sabrelite", "-o", card).returncode == 0

    def run(board, image, *more):
        done = tool("run", "--board", board, image, "--dump-command", *more)
        return done.returncode, done.stderr

    assert run("virt", flash)[0] == 0
    assert run("virt64", flash) == (1, f"run: error: {flash}: its loader is one of board virt, not of virt64\n")
    assert run("sabrelite", flash) == (1, f"run: error: {flash}: its loader is one of board virt, not of sabrelite\n")
    assert run("sabrelite", card, "--loader", LOADER) == (
        1, f"run: error: {LOADER}: its loader is one of board virt, not of sabrelite\n")
    assert run("virt", card) == (1, f"run: error: {card} has no loader: it is not made for board virt\n")
