# SPDX-License-Identifier: BSD-2-Clause
"""The board that the tests run on: a folder in boot/board/, whose name is in PEERBOOT_BOARD (default:
virt). All that tests know of it comes from there: memory_map.h, board.mk, qemu.toml; and from the
demo's layout for it."""
import os
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tools"))

from boards import demo_layout, machine, memory_map, settings  # noqa: E402

NAME = os.environ.get("PEERBOOT_BOARD", "virt")
FOLDER = TOP / "boot/board" / NAME
# labgrid's: its own, or QEMU.
ENVIRONMENT = next(filter(Path.exists, (FOLDER / "labgrid.yaml", TOP / "test/boot/qemu.yaml")))
MAP = memory_map(NAME)
SETTINGS = settings(NAME)
LAYOUT = demo_layout(NAME)
MACHINE = machine(NAME)
VARIANTS = MACHINE.get("variants", {})  # of the machine: {what: QEMU's name of it}
BUILD = Path(os.environ.get("PEERBOOT_BUILD", TOP / "build"))

ARCH = SETTINGS["BOARD_ARCH"]
CROSS = os.environ.get("CROSS_COMPILE", SETTINGS.get("CROSS_COMPILE", "arm-none-eabi-"))
CC = [f"{CROSS}gcc", *SETTINGS["BOARD_CFLAGS"].split()]
DEFINES = [f'-DBOARD_MEMORY_MAP="boot/board/{NAME}/memory_map.h"', f'-DARCH_LINK="arch/{ARCH}/link.inc"']
DRIVERS = SETTINGS["BOARD_DRIVERS"].split()
# And what peers are made with: by default the same.
PEER_ARCH = SETTINGS["BOARD_IMAGE_ARCH"]
PEER_CROSS = SETTINGS.get("IMAGE_CROSS_COMPILE", CROSS) if PEER_ARCH != ARCH else CROSS
PEER_CC = [f"{PEER_CROSS}gcc", *SETTINGS["BOARD_IMAGE_CFLAGS"].split()]


def c_library():
    """What images have of one: (flags, libraries behind all else)."""
    if SETTINGS["ARCH_LIBC"] == "newlib":
        return ["--specs=nano.specs"], []
    own = subprocess.run([CC[0], "-print-file-name=include"], check=True, capture_output=True, text=True).stdout.strip()
    folder = SETTINGS["PICOLIBC"]
    return (["-nostdinc", "-isystem", own, "-isystem", f"{folder}/include", *SETTINGS["ARCH_BARE"].split(),
             *SETTINGS["ARCH_LDFLAGS"].split()], [f"{folder}/lib/libc.a", "-lgcc"])


# What is made for one architecture and not for one board has its name, but armhf's.
OF_ARCH = {"armhf": ""}.get(SETTINGS["DEBIAN_ARCH"], f"-{SETTINGS['DEBIAN_ARCH']}")
LINUX = BUILD / f"linux{OF_ARCH}"
SLOW_LINUX = BUILD / f"test/linux-slow{OF_ARCH}"
KILLER = BUILD / f"test/linux-killer{OF_ARCH}/killer.ko"
OTHER_LINUX = BUILD / f"test/other-kernel{OF_ARCH}"


def driver_files(names):
    return [path for name in names for folder in ("driver", "doorbell/core") for path in TOP.glob(f"{folder}/{name}.[cS]")]


# The loader's variants (boot/build.mk, test/build.mk): "plain" has what most want.
LOADERS = ("plain", "small", "slots", "full", "test", "unpack")


def loader_name(variant):
    return NAME if variant == "plain" else f"{NAME}-{variant}"


def loader_file(variant="plain", kind="bin"):
    """The file of a loader, or that with its symbols: kind "elf"."""
    return BUILD / loader_name(variant) / f"peerboot.{kind}"


def has_state(loader):
    """Does a loader, a file, look for a boot state, which is in the second bank where there are two?"""
    found = re.search(rb"peerboot on [a-z0-9-]+:([^\0]*)", Path(loader).read_bytes())
    return not found or b"slots" in found[1].split()


# --- what a board has: names for @pytest.mark.needs ----------------------------------------------

def stems(pattern):
    return {path.stem for path in TOP.glob(pattern)}


# What some board's loader and images may be made of, and be linked as.
FEATURES = stems("boot/feature/*.h")
MADE_OF = FEATURES | {"linux", "bootstrap", "master", "second"}
KNOWN = (MADE_OF | stems("driver/*.[cS]") | stems("doorbell/core/*.c") | stems("arch/*/")
         | {"tree", "passed tree", "secure", "hyp", "el3", "one cluster", "life", "far ram"}
         | {f"without {feature}" for feature in FEATURES})


def had_by(settings, model, places):
    """All but what board.mk says that it lacks; loaders without a feature, if none has to have it; its
    drivers and its architecture; a device tree of its own, if there is a place for it (memory_map.h), and
    whether the loader is passed it, as a kernel is; and the variants of its machine (qemu.toml)."""
    own = {"tree"} if "BOARD_FDT_BASE" in places else set()
    own |= {"passed tree"} if "LOADER_IS_KERNEL" in places else set()
    # The loader's own is not there where a machine has little.
    own |= {"far ram"} if places["LOADER_RAM_BASE"] - places["RAM_BASE"] >= 480 << 20 else set()
    own |= {"one cluster"} if settings.get("BOARD_IMAGE_ARCH") in (None, settings["BOARD_ARCH"]) else set()
    # Linux stops and starts peers by one of these.
    own |= {"life"} if {"monitor", "resets"} - set(settings.get("BOARD_LACKS", "").split()) else set()
    without = {f"without {f}" for f in FEATURES - set(settings.get("BOARD_FEATURES", "").split())}
    return (MADE_OF - set(settings.get("BOARD_LACKS", "").split()) | set(settings["BOARD_DRIVERS"].split())
            | {settings["BOARD_ARCH"], settings.get("BOARD_IMAGE_ARCH", settings["BOARD_ARCH"])} | own | without
            | set(model.get("variants", {})))


HAS = had_by(SETTINGS, MACHINE, MAP)


# A board that is another one but for little: what that has, too.
LIKE = SETTINGS.get("BOARD_IS_LIKE")
OTHER_HAS = had_by(settings(LIKE), machine(LIKE), memory_map(LIKE)) if LIKE else set()


def kind_of_machine(model):
    return model["machine"].split(",")[0]


# It is its own machine's, too, what a port fails first.
OTHER_MACHINE = bool(LIKE) and kind_of_machine(machine(LIKE)) != kind_of_machine(MACHINE)


def is_own(needs, for_a_port=False):
    """Of a board that is like another: does it need what only this one has?"""
    return not LIKE or not set(needs) <= OTHER_HAS or (for_a_port and OTHER_MACHINE)


def lacks(needs, has=None):
    """The first that this board lacks. A need that no board knows would be a test that never runs."""
    unknown = set(needs) - KNOWN
    assert not unknown, f"nobody has {unknown}; there are: {', '.join(sorted(KNOWN))}"
    return next((what for what in needs if what not in (HAS if has is None else has)), None)
