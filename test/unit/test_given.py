# SPDX-License-Identifier: BSD-2-Clause
"""Targets and variables on make's command line that there are not are refused by name, with what was meant, and
nothing is set up for them; all that there are are taken."""
import os
import re
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def make(tmp_path):
    """As where nothing has been set up; a set-up would end at once, after a mark."""
    for name in ("apt-get", "dpkg-query"):
        (tmp_path / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/setup-began\nexit 1\n")
        (tmp_path / name).chmod(0o755)

    def run(*arguments):
        done = subprocess.run(["make", "-C", TOP, f"CACHE={tmp_path}/cache", f"BUILD={tmp_path}/build", *arguments],
                              capture_output=True, text=True, timeout=60,
                              env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"})
        return done, (tmp_path / "setup-began").exists()
    return run


def test_a_set_up_begins_otherwise(make):
    """So the other tests would see it."""
    done, began = make("demo")
    assert done.returncode and began


@pytest.mark.parametrize("arguments, named, meant", [
    (["PREFX=/opt", "install"], "PREFX", "PREFIX"),
    (["BORAD=virt64", "loader"], "BORAD", "BOARD"),
    (["board=virt64"], "board", "BOARD"),
    (["LIBFDTDIR=/src", "tool"], "LIBFDTDIR", "LIBFDT_DIR"),
    (["KERNAL=rt armmp", "demo"], "KERNAL", "KERNEL"),
    (["modul"], "modul", "module"),
    (["cehck"], "cehck", "check"),
    (["qqqqq"], "qqqqq", None),
    (["demo", "build/virt/peerbot.bin"], "build/virt/peerbot.bin", None),
    (["{build}/virt64/peerboot.bin"], "{build}/virt64/peerboot.bin", "BOARD=virt64"),
    (["nowhere/at/all"], "nowhere/at/all", None),
])
def test_refused(make, tmp_path, arguments, named, meant):
    build = tmp_path / "build"
    done, began = make(*(argument.format(build=build) for argument in arguments))
    [line] = [line for line in done.stderr.splitlines() if "***" in line]
    assert done.returncode == 2 and not began
    found = re.search(r"(?:variable|target|rule makes) (\S+?)(?: for BOARD=virt)?(?:, but there is ([\w=]+))?[.:](?: |$)", line)
    assert found, line
    assert found.groups() == (named.format(build=build), meant)


@pytest.mark.parametrize("given", ["QQQQQ=1", "AM_UPDATE_INFO_DIR=no"])
def test_variable_that_is_like_none(make, given):
    """As debhelper gives it to every makefile."""
    done, began = make(given, "demo")
    assert began and f"uses a variable {given.split('=')[0]}\n" in done.stderr


def test_variables_of_the_pages_are_taken(make):
    """Each that README or docs/ names with a value, of those in capitals."""
    pages = "".join(path.read_text() for path in [TOP / "README.md", *(TOP / "docs").glob("*.md")])
    names = set(re.findall(r"`([A-Z][A-Z_]+)=", pages)) | {
        name for line in re.findall(r"(?:^|`)make [a-z][^`\n]*", pages, re.M) for name in re.findall(r"\b([A-Z_]+)=", line)}
    assert {"BOARD", "KDIR", "FEATURES", "WERROR"} <= names
    done, _ = make("help", *(f"{name}=" for name in sorted(names - {"BOARD", "BUILD", "CACHE"})))
    assert not done.returncode, done.stderr


@pytest.mark.parametrize("board, files", [
    ("virt", ["virt/peerboot.bin", "virt-test/peerboot.bin", "virt-full/obj/boot/main.o", "virt/demo/flash.img",
              "linux/peerboot.ko", "host-tool/sanitized/peerboot", "host-tool/clusters/peerboot", "test/unit/test_elf",
              "host-tool/obj/libfdt/fdt.o", "test/fixtures/versal.dtb", "keys/development.dtb"]),
    ("versal", ["versal/peerboot.bin", "versal/demo/boot.itb", "linux-arm64/peerboot.ko"]),
])
def test_files_of_a_build_have_rules(tmp_path, board, files):
    """Before anything has been set up."""
    rules = subprocess.run(["make", "-C", TOP, "-pRrq", "help", f"BOARD={board}", f"CACHE={tmp_path}", "BUILD=build"],
                           capture_output=True, text=True).stdout
    wrong = [f"build/{files[0]}x", "build/virt/obj/boot/mian.o"]
    done = subprocess.run([TOP / "tools/ruleless", "--folder", "build/", *(f"build/{file}" for file in files), *wrong],
                          input=rules, capture_output=True, text=True, check=True, cwd=TOP)
    assert done.stdout.split() == wrong


@pytest.mark.parametrize("arguments, many", [(["budgets"], True), (["budgets", "BOARD=virt"], False), (["bench"], False)])
def test_long_builds_are_announced(make, arguments, many):
    """In the first line, before anything is built or set up."""
    done, began = make(*arguments)
    _, second, *_ = done.stdout.splitlines()  # make says first where it is
    assert began and second.startswith("budgets: builds all loaders of ") == many


def test_features_of_a_loader_are_named():
    """Its folder says nothing of them."""
    done = subprocess.run(["make", "--no-print-directory", "-C", TOP, "-n", "loader", "FEATURES=explain"], capture_output=True, text=True, timeout=120)
    assert re.search(r'loader of virt with explain, .*\n.*"build/virt-full/peerboot.bin"', done.stdout)


def test_help_writes_nothing(make, tmp_path):
    """It is asked for where one only looks."""
    done, began = make("help")
    assert not done.returncode and "debug" in done.stdout and not began
    assert not (tmp_path / "build").exists()
