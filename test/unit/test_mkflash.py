# SPDX-License-Identifier: BSD-2-Clause
"""tools/mkflash: every part at its place, everything else erased, nonsense refused."""
import struct
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tools"))
from boards import BoardError, memory_map, slots  # noqa: E402

MAP = memory_map("virt")
BLOCK = 4096


def fit(size, fill, tree=None):
    return struct.pack(">II", 0xD00DFEED, tree or size) + bytes([fill]) * (size - 8)


@pytest.fixture
def mkflash(tmp_path):
    def run(loader=b"loader", a=None, b=None, *more):
        command = [TOP / "tools/mkflash", "--board", "virt", "-o", tmp_path / "flash.img", *more]
        for option, data in (("--loader", loader), ("--slot-a", a), ("--slot-b", b)):
            if data is not None:
                path = tmp_path / option.strip("-")
                path.write_bytes(data)
                command += [option, path]
        done = subprocess.run(command, capture_output=True, text=True)
        return done, tmp_path / "flash.img"
    return run


def test_every_part_at_its_place(mkflash):
    loader, a, b = bytes(range(1, 100)), fit(5000, 0xAA), fit(7000, 0xBB)
    done, image = mkflash(loader, a, b)
    assert done.returncode == 0, done.stderr
    data = image.read_bytes()
    assert len(data) == MAP["FLASH_SIZE"]
    rest = bytearray(b"\xff" * len(data))
    for offset, part in ((0, loader), (MAP["SLOT_A_OFFSET"], a), (MAP["SLOT_B_OFFSET"], b)):
        rest[offset:offset + len(part)] = part
    assert data == bytes(rest)


def test_loader_that_is_not_built(mkflash, tmp_path):
    """The message says what would make it."""
    done, image = mkflash(None, None, None, "--loader", tmp_path / "none.bin")
    assert done.returncode != 0 and not image.exists()
    for word in (str(tmp_path / "none.bin"), "make loader BOARD=virt", "--loader"):
        assert word in done.stderr


def test_external_data_is_longer_than_the_tree(mkflash):
    done, _ = mkflash(a=fit(9000, 1, tree=100))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("slot", ["a", "b"])
def test_slot_takes_its_size_and_not_a_byte_more(mkflash, slot):
    size = MAP["SLOT_SIZE"]
    done, _ = mkflash(**{slot: fit(size, 1)})
    assert done.returncode == 0, done.stderr
    done, image = mkflash(**{slot: fit(size + 1, 1)})
    assert done.returncode != 0
    assert str(size + 1) in done.stderr and str(size) in done.stderr


def test_loader_takes_its_size_and_not_a_byte_more(mkflash):
    size = MAP["LOADER_SIZE"]
    assert mkflash(loader=b"x" * size)[0].returncode == 0
    done, _ = mkflash(loader=b"x" * (size + 1))
    assert done.returncode != 0 and str(size + 1) in done.stderr


@pytest.mark.parametrize("bad", [b"", b"\xd0\x0d\xfe", b"\0" * BLOCK, fit(BLOCK, 1, tree=BLOCK + 1)],
                         ids=["empty", "short", "magic", "truncated"])
def test_what_is_no_fit_is_refused_unless_told_otherwise(mkflash, bad):
    done, image = mkflash(a=bad)
    assert done.returncode != 0 and "error" in done.stderr
    assert not image.exists()
    assert mkflash(None, bad, None, "--unchecked", "--loader", "/dev/null")[0].returncode == 0


def test_slots_and_loader_lie_apart_inside_the_flash():
    ends = [(0, MAP["LOADER_SIZE"])]
    ends += [(MAP[f"SLOT_{s}_OFFSET"], MAP[f"SLOT_{s}_OFFSET"] + MAP["SLOT_SIZE"]) for s in "AB"]
    assert all(end <= start for (_, end), (start, _) in zip(ends, ends[1:]))
    assert ends[-1][1] <= MAP["FLASH_SIZE"]


def test_board_without_memory_map_is_named():
    with pytest.raises(BoardError, match="no-such-board"):
        memory_map("no-such-board")


# --- the bank with the boot state ------------------------------------------------------------------

def state_of(tmp_path, mkflash, *options):
    done, _ = mkflash(b"loader", None, None, "--bank1", tmp_path / "bank1.img", *options)
    assert done.returncode == 0, done.stderr
    bank = (tmp_path / "bank1.img").read_bytes()
    assert len(bank) == MAP["FLASH_SIZE"]
    assert bank[slots.LAYOUT.size:] == b"\xff" * (len(bank) - slots.LAYOUT.size)
    return slots.newest(bank, MAP["FLASH_SECTOR_SIZE"])


def test_no_bank1_unless_told(tmp_path, mkflash):
    mkflash()
    assert not (tmp_path / "bank1.img").exists()


def test_state_that_says_nothing(tmp_path, mkflash):
    assert state_of(tmp_path, mkflash) == slots.State()


def test_state(tmp_path, mkflash):
    state = state_of(tmp_path, mkflash, "--confirmed", "b", "--attempts", "5", "--minimum", "7")
    assert state == slots.State(preferred=1, booted=1, status=(slots.TRIED, slots.CONFIRMED),
                                tries=(5, 5), attempts=5, minimum=7)


def test_state_beside_the_slots(tmp_path):
    """Of a board with a monitor, where others reach a second bank."""
    secure = memory_map("virt-secure")
    command = [TOP / "tools/mkflash", "--board", "virt-secure", "-o", tmp_path / "flash.img", "--confirmed", "b",
               "--loader", tmp_path / "loader"]
    (tmp_path / "loader").write_bytes(b"loader")
    subprocess.run(command, check=True)
    bank = (tmp_path / "flash.img").read_bytes()
    at = secure["STATE_BASE"] - secure["FLASH_BASE"]
    assert secure["SLOT_B_OFFSET"] + secure["SLOT_SIZE"] <= at
    assert slots.newest(bank[at:], secure["FLASH_SECTOR_SIZE"]).status == (slots.TRIED, slots.CONFIRMED)
    assert subprocess.run([*command, "--bank1", tmp_path / "bank1.img"], capture_output=True).returncode


def test_state_record_is_the_loaders(tmp_path):
    """Python's layout and the compiler's."""
    fields = ["magic", "sequence", "preferred", "booted", "status", "tries", "attempts", "update", "version",
              "minimum", "crc"]
    source = tmp_path / "layout.c"
    source.write_text('#include <stdio.h>\n#include "boot/feature/slots/state.h"\nint main(void) {'
                      'printf("%zu %u %u", sizeof(struct slots_state), SLOTS_MAGIC, '
                      "SLOTS_ATTEMPTS);" +
                      "".join(f'printf(" %zu", offsetof(struct slots_state, {f}));'
                              for f in fields) + "}\n")
    subprocess.run(["gcc", f"-I{TOP}", "-o", tmp_path / "layout", source], check=True)
    out = subprocess.run([tmp_path / "layout"], capture_output=True, text=True, check=True).stdout
    size, magic, attempts, *offsets = map(int, out.split())
    assert (size, magic, attempts) == (slots.LAYOUT.size, slots.MAGIC, slots.ATTEMPTS)
    assert offsets == [0, 4, 8, 9, 10, 12, 14, 15, 16, 24, 28]
    marked = slots.LAYOUT.pack(*range(0x10, 0x1e))
    assert [marked[o] for o in offsets] == [0x10, 0x11, 0x12, 0x13, 0x14, 0x16, 0x18, 0x19, 0x1a, 0x1c, 0x1d]
