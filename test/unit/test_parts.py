# SPDX-License-Identifier: BSD-2-Clause
"""`make loader`, `lib`, `tool` and `module` build, for an ordinary user without a network, from what variables name,
and say what they lack. They write to the build folder alone."""
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
CONFIG = dict(re.findall(r"^(\w+) \?= \.cache/(\S+)$", (TOP / ".cache/config.mk").read_text(), re.M))
NOBODY = 65534
# The sources are to be had at another place than where they were fetched to, into which nobody else may see.
ALONE = ["unshare", "--net", "--mount", "sh", "-c", 'mount --bind "$1" "$2" && shift 2 && '
         f'exec setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups "$@"', "sh"] if os.getuid() == 0 \
    else ["unshare", "--user", "--map-root-user", "--net", "--mount", "sh", "-c",
          'mount --bind "$1" "$2" && shift 2 && exec "$@"', "sh"]


@pytest.fixture(scope="module")
def tree():
    """What a tarball of the sources has; not a checkout, and never set up."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield copied(Path(folder) / "peerboot")


def copied(place):
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=TOP, stdout=subprocess.PIPE, text=True,
                           check=True).stdout.splitlines()
    for file in files:
        if (TOP / file).is_file():
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(TOP / file, place / file)
    sources(place).mkdir()
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", place], check=True)
    return place


def sources(tree):
    return tree.with_name("sources")


def make(tree, *arguments):
    environment = {"PATH": os.environ["PATH"], "HOME": str(tree), "LC_ALL": "C"}
    return subprocess.run([*ALONE, TOP / ".cache", sources(tree), "make", "-C", tree, *arguments], env=environment, capture_output=True, text=True)


def given(tree, *names):
    return [f"{name}={sources(tree) / CONFIG[name]}" for name in names]


def builds(tree, result, *arguments):
    before = set(tree.iterdir())
    done = make(tree, *arguments)
    assert not done.returncode, done.stderr
    assert (tree / result).is_file() and result in done.stdout.splitlines()
    assert set(tree.iterdir()) - before <= {tree / "build"}


def test_loader_by_a_compiler_for_linux(tree):
    builds(tree, "build/virt/peerboot.bin", "loader", "CROSS_COMPILE=arm-linux-gnueabihf-", "WERROR=",
           *given(tree, "LIBFDT_DIR", "BEARSSL_DIR"))


def test_lib(tree):
    builds(tree, "build/versal/images/libpeerboot.a", "lib", "BOARD=versal")


def test_tool(tree):
    builds(tree, "build/host-tool/peerboot", "tool", *given(tree, "LIBFDT_DIR", "LZ4_SOURCE"))


def test_module(tree):
    builds(tree, "build/linux/peerboot.ko", "module", f"KDIR={sources(tree) / CONFIG['KERNEL_HEADERS']}", *given(tree, "KERNEL_SOURCE"))


def lacked(done):
    """Each with what it is for."""
    assert done.returncode == 2
    return {line.split(":")[0].split(" ")[0] for line in done.stdout.splitlines() if re.match(r"[\w./-]+( \(.*\))?: .", line)
            and not line.startswith("make")}


@pytest.mark.parametrize("part, names", [
    (["loader"], {"LIBFDT_DIR", "BEARSSL_DIR"}),
    (["loader", "FEATURES=decompression"], {"LIBFDT_DIR", "BEARSSL_DIR", "LIBDEFLATE_DIR", "LZ4_SOURCE"}),
    (["loader", "FEATURES=fast_hash", "BEARSSL_DIR=/"], {"LIBFDT_DIR", "BEARSSL_DIR", "LIBCRYPTO"}),
    (["loader", "CROSS_COMPILE=none-"], {"none-gcc", "LIBFDT_DIR", "BEARSSL_DIR"}),
    (["lib", "IMAGE_CROSS_COMPILE=none-"], {"none-gcc"}),
    (["images", "PYTHON=/none"], {"/none"}),
    (["module"], {"KERNEL_HEADERS", "KERNEL_SOURCE"}),
    (["tool", "HOST_CC=none"], {"none", "LIBFDT_DIR", "bearssl.h", "zlib.h", "libdeflate.h", "lz4.h", "openssl/sha.h",
                                "xxhash.h"}),
    (["install-tool", "LZ4_SOURCE=/", "HOST_CC=none"], {"none", "LIBFDT_DIR", "bearssl.h", "zlib.h", "libdeflate.h",
                                                   "openssl/sha.h", "xxhash.h"}),
])
def test_what_is_missing_is_named(tree, part, names):
    assert lacked(make(tree, f"BUILD={tree}/none", *part)) == names
    assert not (tree / ".cache").exists()


@pytest.mark.parametrize("goals", [["loder"], ["check", "al"]])
def test_unknown_target(tree, goals):
    """Before the set-up, of which nothing is seen."""
    done = make(tree, *goals)
    assert done.returncode == 2 and goals[-1] in done.stderr and "setup:" not in done.stdout
    assert not (tree / ".cache").exists()
