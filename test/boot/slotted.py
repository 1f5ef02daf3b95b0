# SPDX-License-Identifier: BSD-2-Clause
"""A board with two slots and a boot state that live on from boot to boot, whatever they lie in."""
from board import HAS, MAP, SETTINGS, loader_file
from boards.slots import LAYOUT, SECTORS, State, newest
from conftest import END
from machine import make_flash
from system import PEER_BASE, small

VERSION = 2
SECTOR, RECORD = MAP.get("FLASH_SECTOR_SIZE", 0), LAYOUT.size
A, B = 0, 1
FLAGS = SETTINGS.get("BOARD_FIT_FLAGS", "").split()


class Medium:
    """The file with the slots, and what is written to it at once by the driver of that name."""
    driver, chunk = "", 0

    def __init__(self, folder):
        self.folder, self.slots = folder, folder / "flash.img"
        self.write_state()

    def lay(self, loader, fits):
        make_flash(self.folder, loader_file(loader), *fits, unchecked=True)

    def slot(self, number, size):
        """The first bytes of a slot."""
        with open(self.slots, "rb") as file:
            file.seek(MAP["SLOT_A_OFFSET" if number == A else "SLOT_B_OFFSET"])
            return file.read(size)

    def close(self):
        self.slots.unlink(missing_ok=True)


class Flash(Medium):
    """CFI: slots in the loader's bank; the state is a log in two sectors of the other one."""
    driver, chunk = "cfi_intel", 4096  # the buffers of QEMU's two chips

    def __init__(self, folder):
        self.bank = folder / "bank1.img"
        super().__init__(folder)

    def write_bank(self, *parts):
        """Each (offset, bytes); all else is erased."""
        with open(self.bank, "wb") as out:
            out.write(b"\xff" * MAP["FLASH_SIZE"])
            for offset, data in parts:
                out.seek(offset)
                out.write(data)

    def write_state(self, *records):
        self.write_bank((0, b"".join(records)))

    def state_area(self):
        with open(self.bank, "rb") as file:
            return file.read(SECTORS * SECTOR)

    def state_words(self):
        """How many there are, of the records in an area that was erased."""
        return len(self.state_area().rstrip(b"\xff")) + 3 >> 2

    @staticmethod
    def whole_words(words):
        """How many are there when so many have been written."""
        return words

    @staticmethod
    def unwritten(old):
        """What is in place of a slot's bytes that are to be written: erased, before anything is."""
        return b"\xff" * len(old)

    def read_state(self):
        return newest(self.state_area(), SECTOR)

    def options(self, read_only):
        bank = {"read_only" if read_only else "written": [self.bank]}
        return {"kept": self.slots, "bank1": self.bank, **bank}

    def close(self):
        super().close()
        self.bank.unlink()


class Card(Medium):
    """Slots and state on the same one; a record is in a block of its own."""
    driver, chunk = "block_flash", 0x10000
    block = 512

    def write_state(self, *records):
        self.blocks = [record.ljust(self.block, b"\xff") for record in records]
        self.blocks += [b"\xff" * self.block] * (SECTORS - len(records))
        if self.slots.exists():
            self.put_blocks()

    def put_blocks(self):
        with open(self.slots, "r+b") as out:
            for number, data in enumerate(self.blocks):
                out.seek(MAP["STATE_OFFSET"] + number * SECTOR)
                out.write(data)

    def get_blocks(self):
        with open(self.slots, "rb") as file:
            for number in range(SECTORS):
                file.seek(MAP["STATE_OFFSET"] + number * SECTOR)
                yield file.read(self.block)

    def state_area(self):
        return b"".join(self.get_blocks() if self.slots.exists() else self.blocks)

    def state_words(self):
        return RECORD // 4 * sum(data != b"\xff" * self.block for data in self.get_blocks())

    @staticmethod
    def whole_words(words):
        """A block is written when its record is whole."""
        return words * 4 // RECORD * RECORD // 4

    @staticmethod
    def unwritten(old):
        return old

    def read_state(self):
        return newest(self.state_area(), self.block)

    def lay(self, loader, fits):
        if self.slots.exists():
            self.blocks = list(self.get_blocks())
        super().lay(loader, fits)
        self.put_blocks()

    def options(self, read_only):
        assert not read_only, "QEMU has no such card"
        return {"kept": self.slots}


class Board:
    """Starts with an erased state, and two good boot images that the loader `test` wants: signed, and of
    that version."""

    def __init__(self, machine, folder, keys):
        self.machine, self.folder, self.keys = machine, folder, keys
        self.loader = "test"
        self.fits = [self.fit("a"), self.fit("b")]
        self.medium = (Flash if "cfi_intel" in HAS else Card)(folder)

    def fit(self, name, version=VERSION, change=lambda system: None):
        """A signed boot image."""
        s = small(self.folder / name)
        s.sign(version=version)
        change(s)
        return s.write("-k", self.keys, *FLAGS)

    def write(self, *states):
        """The boot state's records: States, or their bytes."""
        self.medium.write_state(*(s.pack() if isinstance(s, State) else s for s in states))

    def state(self):
        return self.medium.read_state()

    def start(self, again=False, read_only=False, **options):
        """again: with the slots as they were left, not with fits. read_only: the state's bank."""
        if not again:
            self.medium.lay(self.loader, self.fits)
        return self.machine(loader=self.loader, **self.medium.options(read_only), **options)

    def boot(self, **options):
        m = self.start(**options)
        t = m.until(END)
        m.power.off()  # what it wrote is in the file
        return t


def booted(t):
    """The slot, of a boot that went well."""
    assert not t.errors and t.of("enter") and t.witness("core")
    return "ab".index([r.what for r in t.of("find") if r.what.startswith("boot image")][-1][-1])


def refused(t):
    """[(slot, error, stage)] as recorded and printed."""
    found = [(r.what[-1], r.result, r.stage) for r in t.records if r.what.startswith("slot-")]
    assert found == t.refusals()
    return [("ab".index(slot), *rest) for slot, *rest in found]


def damage(path):
    """The last bytes of the data of the image that is hashed last."""
    data = bytearray(path.read_bytes())
    at = data.index(b"witness: ")
    data[at] ^= 1
    path.write_bytes(data)
    return path


def empty(board):
    path = board.folder / "empty.itb"
    path.write_bytes(b"")
    return path


def overlap(system):
    system.images["kernel"].load = system.images["kernel"].entry = PEER_BASE
