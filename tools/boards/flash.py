# SPDX-License-Identifier: BSD-2-Clause
"""The image of what a board boots from, and that of the bank with its boot state, as tools/mkflash makes
them."""
import os
import struct
from pathlib import Path

from boards import TOP, BoardError, check_loader, memory_map
from boards.slots import State

ERASED = b"\xff"
STEP = 1 << 20
FDT_MAGIC = 0xD00DFEED
NEEDED = ["LOADER_BASE", "LOADER_SIZE", "SLOT_A_OFFSET", "SLOT_SIZE"]


def check_fit(path, data):
    """What every reader of the slot relies on: the magic, and all of the tree being there."""
    if len(data) < 8:
        raise BoardError(f"{path}: {len(data)} bytes are no FIT")
    magic, size = struct.unpack(">II", data[:8])
    if magic != FDT_MAGIC:
        raise BoardError(f"{path}: no FIT: magic 0x{magic:08x}, not 0x{FDT_MAGIC:08x}")
    if size > len(data):
        raise BoardError(f"{path}: truncated FIT: its tree has {size} bytes, the file {len(data)}")


def read_part(path, what, room):
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BoardError(f"{what}: {error}") from None
    if len(data) > room:
        raise BoardError(f"{path}: too large for {what}: {len(data)} bytes (0x{len(data):x}), "
                         f"room for {room} (0x{room:x}), {len(data) - room} too many")
    return data


def write_image(path, size, parts):
    """Whole or not at all: a reader never meets half an image. In pieces: one of all of it takes the host
    longer to have than to write."""
    partial = path.with_name(path.name + ".partial")
    erased = ERASED * STEP
    with open(partial, "wb") as out:
        for at in range(0, size, STEP):
            out.write(erased[:size - at])
        for offset, data in parts:
            out.seek(offset)
            out.write(data)
    os.replace(partial, path)


def state_offset(m):
    """Where the boot state is in the image: None if it is in another one."""
    if "STATE_BASE" in m and m["STATE_BASE"] - m["FLASH_BASE"] in range(m["FLASH_SIZE"]):
        return m["STATE_BASE"] - m["FLASH_BASE"]
    return m.get("STATE_OFFSET")


def make_flash(board, output, loader=None, slot_a=None, slot_b=None, unchecked=False, bank1=None, state=State()):
    """What is not there is erased. loader: by default the board's own, made here. unchecked: a slot may
    hold what is no FIT. bank1: the file for the bank with the boot state, where it has one of its own."""
    m = memory_map(board)
    for name in NEEDED:
        if name not in m:
            raise BoardError(f"board {board}: memory_map.h has no {name}")
    loader = Path(loader or TOP / "build" / board / "peerboot.bin")
    parts, size = [], m.get("FLASH_SIZE")
    if size and m["LOADER_BASE"] - m["FLASH_BASE"] in range(size):  # else a boot ROM brings it to RAM
        if not loader.exists():
            raise BoardError(f"there is no loader {loader}: build it with make loader BOARD={board}, or name another "
                             "with --loader")
        data = read_part(loader, "the loader's flash", m["LOADER_SIZE"])
        check_loader(board, data, loader)
        parts.append((m["LOADER_BASE"] - m["FLASH_BASE"], data))
    for letter, path in (("A", slot_a), ("B", slot_b)):
        if path:
            if f"SLOT_{letter}_OFFSET" not in m:
                raise BoardError(f"board {board} has no slot {letter}")
            data = read_part(Path(path), f"slot {letter}", m["SLOT_SIZE"])
            if not unchecked:
                check_fit(path, data)
            parts.append((m[f"SLOT_{letter}_OFFSET"], data))
    at = state_offset(m)
    if at is not None:
        parts.append((at, state.pack()))
    write_image(Path(output), size or 0, parts)
    if bank1:
        if not size or at is not None:
            raise BoardError(f"board {board} has no bank for the boot state")
        write_image(Path(bank1), size, [(0, state.pack())])
