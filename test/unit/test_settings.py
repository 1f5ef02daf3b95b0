# SPDX-License-Identifier: BSD-2-Clause
"""Variables on make's command line: what was built with others is built anew, however old the files are."""
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
CONFIG = dict(re.findall(r"^(\w+) \?= (.*)$", (TOP / ".cache/config.mk").read_text(), re.M))
OLD = 1_000_000_000  # as packages keep the dates of their files


def make(build, *arguments):
    """In a build folder of its own; the one of the tree stays as it is."""
    done = subprocess.run(["make", "-s", "-C", TOP, f"BUILD={build}", *arguments],
                          env={**os.environ, "MAKEFLAGS": ""}, capture_output=True, text=True)
    assert not done.returncode, done.stderr


def old_file(path, content):
    path.write_bytes(content)
    os.utime(path, (OLD, OLD))
    return path


def test_kernel_image(tmp_path):
    kernels = [old_file(tmp_path / name, name.encode()) for name in ("one", "two")]
    image = tmp_path / "build/linux/zImage"
    for kernel in [*kernels, kernels[0]]:
        make(tmp_path / "build", image, f"KERNEL_IMAGE={kernel}")
        assert image.read_bytes() == kernel.read_bytes()


def test_same_variables_build_nothing(tmp_path):
    image = tmp_path / "build/linux/zImage"
    kernel = old_file(tmp_path / "one", b"one")
    make(tmp_path / "build", image, f"KERNEL_IMAGE={kernel}")
    before = image.stat().st_mtime_ns
    make(tmp_path / "build", image, f"KERNEL_IMAGE={kernel}")
    assert image.stat().st_mtime_ns == before


def test_module_of_other_headers(tmp_path):
    """Kbuild would take its objects as they are."""
    build = tmp_path / "build"
    source = build / "linux/module/vdev.c"
    make(build, source)
    left = old_file(source.with_suffix(".o"), b"of these headers")
    make(build, source)
    assert left.exists()
    make(build, source, "KERNEL_RELEASE=another")
    assert source.exists() and not left.exists()


def test_libfdt(tmp_path):
    other = shutil.copytree(TOP / CONFIG["LIBFDT_DIR"], tmp_path / "libfdt")
    for file in other.iterdir():
        old_file(file, file.read_bytes() + b"\nint another_one;\n" * (file.name == "fdt_strerror.c"))
    target = tmp_path / "build/host/libfdt/fdt_strerror.o"
    make(tmp_path / "build", target)
    assert b"another_one" not in target.read_bytes()
    make(tmp_path / "build", target, f"LIBFDT_DIR={other}")
    assert b"another_one" in target.read_bytes()


def test_host_command_knows_the_loaders_that_are_built(tmp_path):
    target = tmp_path / "build/host-tool/obj/tools/peerboot/loader.o"
    for features in ("overlays slots", "recovery"):
        make(tmp_path / "build", target, f"FEATURES={features}")
        assert features.encode() + b"\0" in target.read_bytes()


@pytest.mark.parametrize("variable", CONFIG)
def test_every_variable_counts(tmp_path, variable):
    """In one of two files, on which all depends that is made with it."""
    build = tmp_path / "build"
    files = [build / "linux/settings", build / "settings/libraries"]
    make(build, *files)
    before = [file.read_text() for file in files]
    value = "-isystem /other" if variable == "LIBRARY_INCLUDES" else "/other"
    make(build, *files, f"{variable}={value}")
    after = [file.read_text() for file in files]
    [changed] = [n for n in range(2) if after[n] != before[n]]
    assert f"{variable} = {value}\n" in after[changed]
