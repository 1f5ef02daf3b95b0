# SPDX-License-Identifier: BSD-2-Clause
"""How a port begins: a new board links as it is, and docs/porting.md has the names that it must define."""
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PEERBOOT_BUILD", TOP / "build"))
sys.path.insert(0, str(TOP / "tools"))
from boards import memory_map, names  # noqa: E402

READERS = ["arch", "boot", "driver", "images", "ldscripts",
           "tools/mkflash", "tools/run", "tools/size"]


def git_files(*paths):
    listed = subprocess.run(["git", "ls-files", *paths], cwd=TOP, check=True, capture_output=True, text=True)
    return listed.stdout.splitlines()


def documented():
    """Names in the first cells of the table; x is B, C or LINUX."""
    text = (TOP / "docs/porting.md").read_text().split("## Names in memory_map.h")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", text, re.M)
    found = {name for cell in cells for name in re.findall(r"`(\w+_\w+)`", cell)}
    return found | {name.replace("_x_", f"_{x}_") for name in found for x in ("B", "C", "LINUX")}


def test_names_that_others_read_are_documented():
    defined = {name for board in names() for name in memory_map(board)}
    for path in git_files(*READERS):
        if not re.match(r"(images/demo|boot/board)/[^/]+/", path):
            used = set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", (TOP / path).read_text())) & defined
            own = set(re.findall(r"define\s+(\w+)", (TOP / path).read_text()))
            assert not used - own - documented() - {"MEMORY_MAP_H"}, path


def test_documented_names_are_some_boards():
    defined = {name for board in names() for name in memory_map(board)}
    assert {name for name in documented() if "_x_" not in name and not re.search("_LINUX_", name)} <= defined


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """What git knows of here, as it is, with this one's cache."""
    copy = tmp_path_factory.mktemp("port")
    files = subprocess.run(["tar", "-c", "--ignore-failed-read", "-C", TOP, *git_files()], check=True,
                           capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", copy], input=files, check=True)
    (copy / ".cache").symlink_to(TOP / ".cache")
    return copy


def make(tree, *arguments):
    return subprocess.run(["make", "-C", tree, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)


def test_new_board_links(tree):
    begun = make(tree, "new-board", "NAME=mine")
    assert begun.returncode == 0, begun.stdout
    made = make(tree, "BOARD=mine", "build/mine/peerboot.bin", "build/mine/images/echo-b.elf")
    assert made.returncode == 0, made.stdout
    assert b"mine" in (tree / "build/mine/peerboot.bin").read_bytes()


def change(path, *pairs):
    text = path.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


def run_demo(tree, board):
    """Its kernel and module are those that are built here."""
    if not (tree / "build/linux").exists():
        subprocess.run(["cp", "-a", BUILD / "linux", tree / "build"], check=True)
    flash = tree / f"build/{board}/demo/flash.img"
    made = make(tree, f"BOARD={board}", flash.relative_to(tree))
    assert made.returncode == 0, made.stdout
    done = subprocess.run([tree / "tools/demo", "--board", board, flash], capture_output=True, text=True)
    assert done.returncode == 0 and "demo: ok" in done.stdout, done.stdout
    return done.stdout


def test_demo_on_two_cores(tree):
    """Linux on one, one peer on the other."""
    begun = make(tree, "new-board", "NAME=two", "LIKE=virt")
    assert begun.returncode == 0, begun.stdout
    board = tree / "boot/board/two"
    change(board / "memory_map.h", ("LINUX_CPUS  0x3", "LINUX_CPUS  0x1"), ("PEER_B_CPUS 0x4", "PEER_B_CPUS 0x2"),
           ("#define PEER_C_CPUS 0x8\n", ""))
    change(board / "board.c", ("BOOT_CORE, 1, 2, 3", "BOOT_CORE, 1"), ("0xf", "0x3"))
    change(board / "qemu.toml", ("smp = 4", "smp = 2"))
    shown = run_demo(tree, "two")
    assert "echo with b" in shown and "echo with c" not in shown


def test_demo_from_on_chip_ram(tree):
    """Loader, stack and all, in 256 KiB that are one MiB to the MMU: i.MX6's OCRAM."""
    begun = make(tree, "new-board", "NAME=ocram", "LIKE=sabrelite")
    assert begun.returncode == 0, begun.stdout
    board = tree / "boot/board/ocram"
    change(board / "memory_map.h", ("LOADER_BASE	0x2e200000", "LOADER_BASE	0x00900000"),
           ("LOADER_SIZE	0x00100000", "LOADER_SIZE	0x00014000"),
           ("LOADER_RAM_BASE 0x2e000000", "LOADER_RAM_BASE 0x00914000"),
           ("LOADER_RAM_SIZE 0x00040000", "LOADER_RAM_SIZE 0x0002c000"))
    change(board / "board.mk", ("BOARD_RAM_LIMIT := 262144", "BOARD_RAM_LIMIT := 180224"))
    # None of it is Linux's, so there is nothing to claim.
    change(board / "board.c", ("MAP_RAM },", "MAP_RAM }, { { LOADER_BASE, 0x40000 }, MAP_RAM },"),
           ("	.claims = claims,\n	.claim_count = sizeof(claims) / sizeof(claims[0]),\n", ""),
           ("board_claim claims[] =", "board_claim claims[] __attribute__((unused)) ="))
    run_demo(tree, "ocram")


@pytest.mark.parametrize("arguments", [["NAME=virt"], ["NAME=No/Name"], ["NAME=other", "LIKE=nobody"], ["NAME=virt-full"],
                                       ["NAME=linux"]])
def test_no_board_is_begun(tree, arguments):
    done = make(tree, "new-board", *arguments)
    assert done.returncode != 0 and "new-board: error:" in done.stdout
