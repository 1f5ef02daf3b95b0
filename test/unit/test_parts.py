# SPDX-License-Identifier: BSD-2-Clause
"""What an ordinary user builds without a network, in another folder: bit by bit what is built here; from what variables
name; and what is missing is named. Nothing is written but to the build folder."""
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
CONFIG = dict(re.findall(r"^(\w+) \?= (\.cache/\S+)$", (TOP / ".cache/config.mk").read_text(), re.M))
NOBODY = 65534
# He sees what has been fetched in his own folder.
BIND = 'mount --bind "$1" "$2" && shift 2 && exec '
ALONE = ["unshare", "--net", "--mount", "sh", "-c",
         f'{BIND} setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups "$@"', "sh"] if os.getuid() == 0 \
    else ["unshare", "--user", "--map-root-user", "--net", "--mount", "sh", "-c", f'{BIND} "$@"', "sh"]


@pytest.fixture(scope="module")
def tree():
    """What a tarball of the sources has; not a checkout, and never set up."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield copied(Path(folder) / "a" / "peerboot")


def copied(place):
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=TOP, stdout=subprocess.PIPE, text=True,
                           check=True).stdout.splitlines()
    for file in files:
        if (TOP / file).is_file():
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(TOP / file, place / file)
    version, date = (subprocess.run([TOP / "tools/version", *argument], stdout=subprocess.PIPE, text=True, check=True).stdout
                     for argument in ([], ["--date"]))
    (place / "VERSION").write_text(f"{version}\n{date}")
    (place / ".cache").mkdir()
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", place], check=True)
    return place


def make(tree, *arguments):
    environment = {"PATH": os.environ["PATH"], "HOME": str(tree), "LC_ALL": "C"}
    return subprocess.run([*ALONE, TOP / ".cache", tree / ".cache", "make", "-C", tree, *arguments], env=environment,
                          capture_output=True, text=True)


def given(*names):
    return [f"{name}={CONFIG[name]}" for name in names]


def builds(tree, result, *arguments):
    before = set(tree.iterdir())
    done = make(tree, *arguments)
    assert not done.returncode, done.stderr
    assert (tree / result).is_file() and (result in done.stdout.splitlines() or result in arguments)
    assert set(tree.iterdir()) - before <= {tree / "build"} and not any((tree / ".cache").iterdir())


@pytest.mark.parametrize("goal, result", [
    ("loader", "build/virt/peerboot.bin"),
    ("lib", "build/virt/images/libpeerboot.a"),
    ("tool", "build/host-tool/peerboot"),
    ("module", "build/linux/peerboot.ko"),
    ("build/virt/demo/boot.itb", "build/virt/demo/boot.itb"),
])
def test_the_same_elsewhere(tree, goal, result):
    subprocess.run(["make", "-s", "-C", TOP, goal], check=True, stdout=subprocess.PIPE)
    builds(tree, result, goal)
    assert (tree / result).read_bytes() == (TOP / result).read_bytes()


def test_loader_by_a_compiler_for_linux(tree):
    builds(tree, "build/linux-gcc/virt/peerboot.bin", "loader", "CROSS_COMPILE=arm-linux-gnueabihf-", "WERROR=",
           "CACHE=none", "BUILD=build/linux-gcc", *given("LIBFDT_DIR", "BEARSSL_DIR", "LIBCRYPTO"))


def test_module_of_a_kernel_that_is_named(tree):
    """Its last step is enough: the same module as above."""
    done = make(tree, "-n", "module", "CACHE=none", f"KDIR={CONFIG['KERNEL_HEADERS']}", *given("KERNEL_SOURCE"))
    assert not done.returncode and f"-C {tree}/{CONFIG['KERNEL_HEADERS']} " in done.stdout
    assert f"RPMSG={tree}/{CONFIG['KERNEL_SOURCE']}/drivers/rpmsg" in done.stdout


def lacked(done):
    """Each with what it is for."""
    assert done.returncode == 2
    return {line.split(":")[0].split(" ")[0] for line in done.stdout.splitlines() if re.match(r"[\w./-]+( \(.*\))?: .", line)
            and not line.startswith("make")}


@pytest.mark.parametrize("part, names", [
    (["loader"], {"LIBFDT_DIR", "BEARSSL_DIR", "LIBCRYPTO"}),
    (["loader", "FEATURES=explain sha1"], {"LIBFDT_DIR", "BEARSSL_DIR"}),
    (["loader", "FEATURES=decompression"], {"LIBFDT_DIR", "BEARSSL_DIR", "LIBDEFLATE_DIR", "LZ4_SOURCE"}),
    (["loader", "FEATURES=fast_hash", "BEARSSL_DIR=/"], {"LIBFDT_DIR", "BEARSSL_DIR", "LIBCRYPTO"}),
    (["loader", "CROSS_COMPILE=none-"], {"none-gcc", "LIBFDT_DIR", "BEARSSL_DIR", "LIBCRYPTO"}),
    (["lib", "IMAGE_CROSS_COMPILE=none-"], {"none-gcc"}),
    (["images", "PYTHON=/none"], {"/none"}),
    (["loader", "BOARD=virt64", "PICOLIBC=/none"], {"PICOLIBC", "LIBFDT_DIR", "BEARSSL_DIR", "LIBDEFLATE_DIR",
                                                    "LZ4_SOURCE", "LIBCRYPTO"}),
    (["lib", "BOARD=virt64", "PICOLIBC=/none"], {"PICOLIBC"}),
    (["module"], {"KERNEL_HEADERS", "KERNEL_SOURCE"}),
    (["tool", "HOST_CC=none"], {"none", "LIBFDT_DIR", "bearssl.h", "zlib.h", "libdeflate.h", "lz4.h", "openssl/sha.h",
                                "xxhash.h"}),
    (["install-tool", "LZ4_SOURCE=/", "HOST_CC=none"], {"none", "LIBFDT_DIR", "bearssl.h", "zlib.h", "libdeflate.h",
                                                   "openssl/sha.h", "xxhash.h"}),
])
def test_what_is_missing_is_named(tree, part, names):
    assert lacked(make(tree, "CACHE=none", "BUILD=nothing", *part)) == names
    assert not (tree / "nothing").exists() or {p.name for p in (tree / "nothing").iterdir()} == {"version.h"}


@pytest.mark.parametrize("goals", [["loder"], ["check", "al"]])
def test_unknown_target(tree, goals):
    """Before the set-up, of which nothing is seen."""
    done = make(tree, "CACHE=none", *goals)
    assert done.returncode == 2 and goals[-1] in done.stderr and "setup:" not in done.stdout
    assert not (tree / "none").exists() and not any((tree / ".cache").iterdir())
