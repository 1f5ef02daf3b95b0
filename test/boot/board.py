# SPDX-License-Identifier: BSD-2-Clause
"""The board that the tests run on: a folder in boot/board/, whose name is in PEERBOOT_BOARD (default:
virt). All that tests know of it comes from there: memory_map.h, board.mk, qemu.toml."""
import os
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tools"))

from boards import machine, memory_map, settings  # noqa: E402

NAME = os.environ.get("PEERBOOT_BOARD", "virt")
FOLDER = TOP / "boot/board" / NAME
MAP = memory_map(NAME)
SETTINGS = settings(NAME)
MACHINE = machine(NAME)
VARIANTS = MACHINE.get("variants", {})  # of the machine: {what: QEMU's name of it}
BUILD = Path(os.environ.get("PEERBOOT_BUILD", TOP / "build"))

ARCH = SETTINGS["BOARD_ARCH"]
CROSS = os.environ.get("CROSS_COMPILE", SETTINGS.get("CROSS_COMPILE", "arm-none-eabi-"))
CC = [f"{CROSS}gcc", *SETTINGS["BOARD_CFLAGS"].split()]
DEFINES = [f'-DBOARD_MEMORY_MAP="boot/board/{NAME}/memory_map.h"', f'-DARCH_LINK="arch/{ARCH}/link.h"']
DRIVERS = SETTINGS["BOARD_DRIVERS"].split()


def driver_files(names):
    return [path for name in names for path in TOP.glob(f"driver/{name}.[cS]")]


# The loader's variants (boot/build.mk, test/build.mk): "plain" has what most want.
LOADERS = ("plain", "small", "slots", "full", "test", "unpack")


def loader_name(variant):
    return NAME if variant == "plain" else f"{NAME}-{variant}"


def loader_file(variant="plain", kind="bin"):
    """The file of a loader, or that with its symbols: kind "elf"."""
    return BUILD / loader_name(variant) / f"peerboot.{kind}"
