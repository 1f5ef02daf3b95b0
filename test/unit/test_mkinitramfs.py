# SPDX-License-Identifier: BSD-2-Clause
"""tools/mkinitramfs: modules as kernels ship them, plain or compressed, with what they depend on."""
import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PEERBOOT_BUILD", TOP / "build"))
SETTINGS = dict(line.split(" = ", 1) for line in
                (BUILD / "linux/settings").read_text().splitlines())
KERNEL = TOP / SETTINGS["KERNEL_MODULES"]
WANTED = ["virtio_rpmsg_bus", "rpmsg_tty"]  # depends on rpmsg_ns, rpmsg_core and virtio's
NEEDED = re.compile(r"(virtio|virtio_ring|rpmsg_\w+|virtio_rpmsg_bus)\.ko")
PACKERS = {".ko.xz": ["xz", "--check=crc32"], ".ko.zst": ["zstd", "-q", "--rm"], ".ko.gz": ["gzip"]}


@pytest.fixture
def tree(tmp_path):
    """tree(suffix): the kernel's modules that matter here, compressed."""
    def make(suffix=".ko"):
        root = tmp_path / suffix.strip(".") / KERNEL.name
        root.mkdir(parents=True)
        for file in KERNEL.glob("modules.*"):
            shutil.copy(file, root)
        for file in KERNEL.rglob("*.ko*"):
            if not NEEDED.match(file.name):
                continue
            copy = root / file.relative_to(KERNEL)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
            if copy.suffix == ".xz":
                subprocess.run(["xz", "-d", copy], check=True)
                copy = copy.with_suffix("")
            if suffix in PACKERS:
                subprocess.run([*PACKERS[suffix], copy], check=True)
                assert copy.with_name(copy.stem + suffix).exists()
        return root

    return make


@pytest.fixture
def run(tmp_path):
    def run(root, modules=WANTED, extra=()):
        out = tmp_path / "out.cpio.gz"
        command = [TOP / "tools/mkinitramfs", "--busybox", TOP / SETTINGS["BUSYBOX"],
                   "--modules", root, "-o", out]
        for option, values in (("--module", modules), ("--extra-module", extra)):
            for value in values:
                command += [option, value]
        done = subprocess.run(command, capture_output=True, text=True)
        return done, out.read_bytes() if not done.returncode else None

    return run


def names(archive):
    """Of the modules in it."""
    listed = subprocess.run(["cpio", "-t", "--quiet"], input=gzip.decompress(archive), check=True,
                            capture_output=True).stdout.decode()
    return {Path(line).name for line in listed.splitlines() if ".ko" in line}


@pytest.mark.parametrize("suffix", PACKERS)
def test_compressed_modules(tree, run, suffix):
    """The archive is the same, byte for byte: what is in it is unpacked."""
    _, plain = run(tree())
    done, packed = run(tree(suffix))
    assert not done.returncode, done.stderr
    assert packed == plain
    assert {"virtio_rpmsg_bus.ko", "rpmsg_tty.ko", "rpmsg_ns.ko", "rpmsg_core.ko"} <= names(packed)


@pytest.mark.parametrize("suffix", [".ko", ".ko.xz"])
def test_extra_module(tree, run, suffix):
    """It brings what it depends on, and may be compressed as well."""
    root = tree(suffix)
    [extra] = root.rglob(f"virtio_rpmsg_bus{suffix}")
    other = extra.rename(root.parent / f"other{suffix}")
    done, packed = run(root, [], [other])
    assert not done.returncode, done.stderr
    assert {"other.ko", "rpmsg_core.ko"} <= names(packed)


def test_module_that_is_not_there(tree, run):
    root = tree(".ko.xz")
    done, _ = run(root, ["nonsense"])
    assert done.returncode == 1 and "nonsense" in done.stderr and str(root) in done.stderr


@pytest.mark.parametrize("suffix", [".ko.xz", ".ko.gz"])
def test_module_that_is_cut_off(tree, run, suffix):
    root = tree(suffix)
    [file] = root.rglob(f"rpmsg_core{suffix}")
    file.write_bytes(file.read_bytes()[:-100])
    done, _ = run(root)
    assert done.returncode == 1 and file.name in done.stderr
