# SPDX-License-Identifier: BSD-2-Clause
"""The board before anything happens to it: two signed boot images, and a boot state in flash."""
import os
from dataclasses import dataclass, field

from board import MAP, TOP
from firmware import PROGRAM_SIZE, Elf, flat, peer, witness
from boards.slots import CONFIRMED, SECTORS, TRIED, WRITTEN, State, newest
from system import PEER_BASE, small

KEY = "development"  # is in the tree: the same boot images everywhere
LAYOUTS = {"in-line": (), "external": ("-E",)}
VERSIONS = (2, 3)  # of the images in slots A and B
SLOT_ROOM = MAP.get("FLASH_SECTOR_SIZE", 0)  # of a slot: as much of it as a mutation may touch
BANK_ROOM = SECTORS * SLOT_ROOM
A, B = 0, 1

# The log in flash before the boot: each record with the next sequence number.
STATES = (
    (),
    (State(),),
    (State(), State(status=(CONFIRMED, TRIED), version=(2, 0), minimum=2)),
    (State(), State(preferred=B, booted=B, status=(TRIED, CONFIRMED))),
    (State(status=(CONFIRMED, TRIED)), State(status=(CONFIRMED, WRITTEN)),
     State(preferred=B, status=(CONFIRMED, TRIED))),
)


@dataclass
class Fit:
    """A signed boot image, and what is in memory when it runs: {address: bytes}."""
    data: bytes = field(repr=False)
    memory: dict = field(repr=False)


def make(folder, name, version, flags):
    """As small() has it: a program in Linux's place and a peer; of another content for each name."""
    s = small(folder)
    mark = PEER_BASE + PROGRAM_SIZE - 0x100 * version
    s.images["kernel"].data = flat(witness([mark], thumb=False))
    s.images["p"].data = peer(PEER_BASE, mark=mark)
    s.contexts["linux"]["bootargs"] = name
    s.sign(KEY, version, algo="sha256,rsa2048")
    path = s.write("-k", TOP / "keys" / KEY, *flags)
    kernel = s.images["kernel"]
    return Fit(path.read_bytes(), {kernel.load: kernel.data, **segments(s.images["p"].data)})


def segments(elf):
    e = Elf(elf)
    found = {}
    for n in e.loads():
        at, size = e.segment(n, "offset"), e.segment(n, "filesz")
        found[e.segment(n, "paddr")] = elf[at:at + size].ljust(e.segment(n, "memsz"), b"\0")
    return found


def make_all(folder):
    """{layout: [Fit of slot A, of slot B]}"""
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # mkimage's time stamp
    return {layout: [make(folder / f"{layout}-{slot}", f"slot {slot}", version, flags)
                     for slot, version in zip("ab", VERSIONS)]
            for layout, flags in LAYOUTS.items()}


def log(states):
    """A bank's first sectors with these records."""
    records = []
    for sequence, state in enumerate(states, 1):
        state.sequence = sequence
        records.append(state.pack())
    return b"".join(records).ljust(BANK_ROOM, b"\xff")


def order(bank):
    """The slots that are to be booted, the first one first, by docs/slots.md."""
    state = newest(bank, MAP["FLASH_SECTOR_SIZE"]) or State()
    slots = [s for s in (state.preferred, 1 - state.preferred) if state.status[s] != WRITTEN]
    return sorted(slots, key=lambda s: state.status[s] != CONFIRMED and not state.tries[s])


@dataclass
class Flash:
    """What a mutation changes. Slots and bank are as long as SLOT_ROOM and BANK_ROOM."""
    layout: str
    slots: list = field(repr=False)
    bank: bytearray = field(repr=False)
    untouched: list = field(repr=False)  # slots as they were

    @classmethod
    def good(cls, fits, layout, states):
        slots = [fit.data.ljust(SLOT_ROOM, b"\xff") for fit in fits[layout]]
        return cls(layout, [bytearray(s) for s in slots], bytearray(log(states)), slots)
