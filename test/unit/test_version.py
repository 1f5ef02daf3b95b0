# SPDX-License-Identifier: BSD-2-Clause
"""Which version it is: of a checkout, of an archive that git has made, of files alone."""
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from host_command import peerboot

TOP = Path(__file__).resolve().parent.parent.parent
NUMBER = (TOP / "VERSION").read_text().splitlines()[0]


def git(folder, *command):
    done = subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *command], cwd=folder,
                          check=True, capture_output=True)
    return done.stdout


def version(folder):
    return subprocess.run([folder / "tools/version"], cwd="/", check=True, capture_output=True,
                          text=True).stdout.strip()


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "tree"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(TOP / "tools/version", folder / "tools")
    shutil.copy(TOP / ".gitattributes", folder)
    (folder / "VERSION").write_text(f"{NUMBER}\n$Format:%H$\n")
    return folder


@pytest.fixture
def checkout(files):
    git(files, "init", "-q")
    git(files, "add", ".")
    git(files, "commit", "-q", "-m", "x")
    return files


def head(folder):
    return git(folder, "rev-parse", "HEAD").decode()[:8]


def test_number():
    assert re.fullmatch(r"\d+\.\d+\.\d+", NUMBER)


def test_files_alone(files):
    assert version(files) == NUMBER


def test_files_inside_of_another_repository(files):
    git(files.parent, "init", "-q")
    git(files.parent, "commit", "-q", "--allow-empty", "-m", "another")
    assert version(files) == NUMBER


def test_checkout(checkout):
    assert version(checkout) == f"{NUMBER}-g{head(checkout)}"
    (checkout / "VERSION").write_text(f"{NUMBER}\n\n")
    assert version(checkout) == f"{NUMBER}-g{head(checkout)}+"


def test_tag(checkout):
    git(checkout, "tag", f"v{NUMBER}")
    assert version(checkout) == NUMBER
    git(checkout, "commit", "-q", "--allow-empty", "-m", "later")
    assert version(checkout) == f"{NUMBER}-g{head(checkout)}"


def test_archive_says_what_the_checkout_says(checkout, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run(["tar", "-x", "-C", out], input=git(checkout, "archive", "HEAD"), check=True)
    assert version(out) == version(checkout) == f"{NUMBER}-g{head(checkout)}"


def test_header_is_written_if_it_changes(checkout, tmp_path):
    header = tmp_path / "new/version.h"
    command = [checkout / "tools/version", header]
    subprocess.run(command, check=True)
    assert header.read_text() == f'#define PEERBOOT_VERSION "{version(checkout)}"\n'
    written = header.stat().st_mtime_ns
    subprocess.run(command, check=True)
    assert header.stat().st_mtime_ns == written


def test_host_command():
    line = peerboot("--version").stdout
    assert re.fullmatch(rf"peerboot {re.escape(NUMBER)}(-g[0-9a-f]{{8}})?\+?\n", line)
