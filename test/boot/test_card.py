# SPDX-License-Identifier: BSD-2-Clause
"""What is a card's own, of boot images and boot state on one. All else is in test_slots.py and
test_recovery.py."""
import re
import struct

import pytest

from board import MAP, loader_file
from boards.slots import CONFIRMED, SECTORS, TRIED, State
from conftest import END
from slotted import A, B, VERSION, booted, refused
from test_slots import board  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.needs("slots", "recovery", "signature", "sdhci"), pytest.mark.port]

STATE, SECTOR = MAP.get("STATE_OFFSET", 0), MAP.get("FLASH_SECTOR_SIZE", 0)


def test_writes_the_state_alone(board):
    """Each boot over the older record."""
    board.write(State())
    t = board.boot()
    assert booted(t) == A
    # Linux confirms by its own driver of the controller; who has none finds nothing to write to.
    found = {r.what: (r.address, r.size) for r in t.of("find") if r.what.startswith("slot state")}
    assert found == {"slot state's controller": (MAP["SDHCI_BASE"], 0),
                     "slot state in storage": (STATE, SECTORS * SECTOR)}
    first = board.medium.slots.read_bytes()
    assert board.state() == State(sequence=3, tries=(2, 3), version=(VERSION, 0))
    assert booted(board.boot(again=True)) == A
    assert board.state() == State(sequence=4, tries=(1, 3), version=(VERSION, 0))
    now, size = board.medium.slots.read_bytes(), board.medium.block
    for at in range(0, len(now), size):
        if at not in range(STATE, STATE + SECTORS * SECTOR, SECTOR):
            assert now[at:at + size] == first[at:at + size]


def test_b_unreadable(board):
    """On a card that ends where slot B begins."""
    board.write(State(preferred=B, booted=B, status=(TRIED, CONFIRMED)))
    board.medium.lay(board.loader, board.fits)
    with open(board.medium.slots, "r+b") as out:
        out.truncate(MAP["FLASH_SIZE"] // 2)
    assert MAP["FLASH_SIZE"] // 2 <= MAP["SLOT_B_OFFSET"]
    t = board.boot(again=True)
    assert booted(t) == A and refused(t) == [(B, "STORAGE_READ", "find")]


def test_no_card(machine):
    """Named at once, and recovery begins."""
    t = machine(medium=False, loader="test").until(END)
    assert refused(t) == [(A, "STORAGE_MISSING", "find"), (B, "STORAGE_MISSING", "find")]
    assert [(e.name, e.stage) for e in t.errors] == [("STORAGE_MISSING", "find")]
    assert [r.result for r in t.records if r.what == "slot state not read"] == ["STORAGE_MISSING"]
    assert re.search(r"^peerboot: slot state: STORAGE_MISSING \(-\d+\) in find: SD card", t.text, re.M)


@pytest.mark.needs("imx_src")
def test_image_for_the_boot_rom():
    """It loads all of the image to where boot data says; the loader then lies where it is linked to. The
    IVT is 0x400 bytes into the card (i.MX 6Dual/6Quad Reference Manual, 8.7.1)."""
    loader, image = loader_file().read_bytes(), loader_file(kind="img").read_bytes()
    head, entry, _, dcd, data, own, _, _ = struct.unpack("<8I", image[:32])
    assert head == 0x402000D1 and entry == MAP["LOADER_BASE"] and not dcd
    start, size, plugin = struct.unpack("<3I", image[data - own:data - own + 12])
    assert start == own - 0x400 and entry + len(loader) <= start + size and not plugin
    assert image[entry - own:][:len(loader)] == loader
