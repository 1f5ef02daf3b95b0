# SPDX-License-Identifier: BSD-2-Clause
"""What the tools and the tests know of a board: its memory map, and how QEMU runs it."""
import re
import shlex
import tomllib
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BOARDS = TOP / "boot/board"
ICOUNT = ["-icount", "shift=0,sleep=off"]


class BoardError(Exception):
    """The board is not known, or its files lack something; says which."""


def names():
    return sorted(path.parent.name for path in BOARDS.glob("*/qemu.toml"))


def read(board, path):
    if not (BOARDS / board).is_dir():
        raise BoardError(f"there is no board {board}; there are: {', '.join(names())}")
    try:
        return path.read_text()
    except OSError as error:
        raise BoardError(f"board {board}: {error}") from None


def map_text(board):
    """The board's memory_map.h, plain #defines by rule, behind another board's that it includes."""
    text = read(board, BOARDS / board / "memory_map.h")
    other = re.search(r'^#include "boot/board/([^/]+)/memory_map.h"$', text, re.M)
    return (map_text(other[1]) if other else "") + text


def memory_map(board):
    """{name: number}; of two of a name the later one counts."""
    text = map_text(board)
    found = re.findall(r"^#define\s+(\w+)\s+(0x[0-9a-fA-F]+|\d+)[uUlL]*\b", text, re.M)
    return {name: int(value, 0) for name, value in found}


def demo_layout(board):
    """{name: number or text} of what the demo has to know of the board."""
    text = read(board, TOP / "images/demo" / board / "layout.h")
    found = re.findall(r'^#define\s+(\w+)\s+(?:"([^"]*)"|(0x[0-9a-fA-F]+|\d+))', text, re.M)
    return {name: int(number, 0) if number else words for name, words, number in found}


def assignments(path):
    """{name: text} of a makefile of plain assignments."""
    text = path.read_text().replace("\\\n", " ")
    return dict(re.findall(r"^(\w+) *[:?]?= *(.*?) *(?:#.*)?$", text, re.M))


def settings(board):
    """{name: text} of the board's board.mk, its architecture's arch.mk and its images' image.mk: plain
    assignments by rule. Images are made as the loader is, unless board.mk says otherwise."""
    try:
        found = assignments(BOARDS / board / "board.mk")
        found.setdefault("BOARD_IMAGE_ARCH", found["BOARD_ARCH"])
        found.setdefault("BOARD_IMAGE_CFLAGS", found.get("BOARD_CFLAGS", ""))
        arch = TOP / "arch" / found["BOARD_ARCH"] / "arch.mk"
        images = TOP / "arch" / found["BOARD_IMAGE_ARCH"] / "image.mk"
        return {name: text for path in (arch, images) if path.exists() for name, text in assignments(path).items()} | found
    except OSError as error:
        raise BoardError(f"board {board}: {error}") from None


def check_loader(board, data, path):
    """A loader says which board it is for (boot/feature/features.c); what is none says nothing."""
    found = re.search(rb"peerboot on ([a-z0-9-]+):", data)
    if found and found[1].decode() != board:
        raise BoardError(f"{path}: its loader is one of board {found[1].decode()}, not of {board}")


def machine(board):
    """The board's QEMU machine, as its qemu.toml has it."""
    if board not in names():
        raise BoardError(f"board {board} has no QEMU machine; there are: {', '.join(names())}")
    return tomllib.loads((BOARDS / board / "qemu.toml").read_text())


def filled_in(options, board, file, how=""):
    """QEMU's options for a file, as qemu.toml has them: {file}, {how} it is written to, and names of
    the memory map stand for what they are."""
    # A comma inside a value is written twice.
    return [option.format(file=str(file).replace(",", ",,"), how=how, **memory_map(board))
            for option in options]


def qemu_command(board, banks, *, loader=None, written=(), read_only=(), smp=None, memory=None, model=None,
                 icount=False, extra=()):
    """QEMU's command line without console, which is the next -serial. The images in banks are read; those
    in written are also written to, those in read_only refuse to be; None: there is none. loader: a file in place of the board's,
    where none of the banks has it. model: another machine than the board's."""
    m = machine(board)
    command = [m["qemu"], "-M", model or m["machine"], *(["-cpu", m["cpu"]] if "cpu" in m else []),
               "-smp", str(smp or m["smp"]), "-m", str(memory or m["memory"]), *m["options"],
               *["-serial", "null"] * m.get("console", 0)]
    if "loader" in m:
        command += filled_in(m["loader"], board, loader or TOP / "build" / board / "peerboot.bin")
    for image in filter(None, banks[:m["banks"]]):
        how = "snapshot=off" if image in written else "snapshot=on"
        if image in read_only:
            how = "snapshot=off,readonly=on"
        command += filled_in(m["bank"], board, image, how)
    if icount:
        command += ICOUNT
    return command + list(extra)


def dump_fdt_command(board, path):
    """QEMU's command line that writes the machine's device tree to path and runs nothing: any file will do for
    a loader."""
    tree = machine(board).get("tree")
    if not tree:
        raise BoardError(f"board {board}: its machine has no device tree; one comes with the boot image")
    options, model = filled_in(tree["options"], board, path), filled_in([tree["machine"]], board, path)
    command = qemu_command(board, [], loader=BOARDS / board / "qemu.toml", extra=options)
    command[command.index("-M") + 1] += "," + model[0]
    return command


def shell_line(command):
    return shlex.join(map(str, command))
