# SPDX-License-Identifier: BSD-2-Clause
"""Boot images over the serial line, by lrzsz's sb, to a loader that wants them signed."""
import threading

import pytest

from board import MAP, SETTINGS, loader_file
from boards.slots import CONFIRMED, TRIED, WRITTEN, State
from gdb import started_by_gdb
from refusal import CODES
from sender import Sender
from slotted import A, B, VERSION, booted, damage
from test_slots import board  # noqa: F401  (a fixture)

pytestmark = pytest.mark.needs("recovery", "slots", "signature")

MENU = r"^peerboot: recovery: x .*\n"
SENDER = r"^peerboot: recovery: start the sender.*\n"
KEY = b"\x12"
BLOCK = 512  # bytes, of which a card gets whole ones first


class Console:
    """The person at the console of a machine."""

    def __init__(self, machine):
        self.machine, self.at = machine, 0

    def menu(self):
        """What was shown from the last time on until the menu; all of it is in the transcript."""
        t = self.machine.until(MENU)
        new, self.at = t.text[self.at:], len(t.text)
        return type(t)(new)

    def key(self, keys):
        self.machine.power.send(keys.encode())

    def send(self, *files, **line):
        """r, and sb: its exit status, and what the loader says to it."""
        self.key("r")
        self.machine.until(SENDER)
        status = Sender(self.machine, *files, **line).run()
        return status, self.menu()

    def boots(self):
        """Until the witness has spoken: from the last menu on."""
        t = self.machine.until(r"^witness: done\r?$")
        new, self.at = t.text[self.at:], len(t.text)
        return type(t)(new)


@pytest.fixture
def no_image(board):
    """The console of a board with nothing in its slots."""
    board.image, board.fits = board.fits[A], [None, None]
    console = Console(board.start())
    t = console.menu()
    assert [(e.name, e.stage) for e in t.errors] == [("NO_IMAGE", "find")]
    return console


def received(t):
    """(result, bytes) of the last transfer."""
    [record] = [r for r in t.records if r.what == "received"]
    assert record.address == MAP["RECEIVED_BASE"]
    assert [e.name for e in t.errors] == ([record.result] if record.result != "OK" else [])
    return record.result, record.size


def noisy(data_at):
    """A line that turns these bytes, counted from the first that is sent."""
    sent = 0

    def line(data):
        nonlocal sent
        data = bytearray(data)
        for at in data_at:
            if sent <= at < sent + len(data):
                data[at - sent] ^= 0x55
        sent += len(data)
        return bytes(data)

    return line


def breaking(after):
    sent = 0

    def line(data):
        nonlocal sent
        sent += len(data)
        return data if sent < after else None

    return line


def assert_booted_from_memory(t):
    assert not t.errors and t.of("enter") and t.witness("core")
    [found] = [r for r in t.of("find") if r.what.startswith("boot image")]
    assert (found.what, found.address) == ("boot image in memory", MAP["RECEIVED_BASE"])
    assert any("received image" in line for line in t.plan())


# --- transfers ---------------------------------------------------------------------------------------

def test_boot_from_memory(board, no_image):
    """Blocks of 1024 bytes, block 0 and some of them damaged: they are sent once more."""
    size = board.image.stat().st_size
    status, t = no_image.send("-k", board.image, line=noisy([0, 300, 3000, 6000]))
    assert (status, received(t)) == (0, ("OK", size))
    no_image.key("b")
    assert_booted_from_memory(no_image.boots())
    assert board.state().version == (0, 0)  # nothing of it is kept


def test_key_that_was_not_needed(board):
    """Recovery was asked for, and came before anybody looked: what is booted then is not meant."""
    board.image, board.fits = board.fits[A], [None, None]
    console = Console(board.start(typed=KEY))
    assert [(e.name, e.stage) for e in console.menu().errors] == [("NO_IMAGE", "find")]
    assert console.send("-k", board.image)[0] == 0
    console.key("b")
    assert_booted_from_memory(console.boots())


def test_next_try(board, no_image):
    """Whatever went wrong, the next one is as good as the first."""
    large = board.folder / "large.itb"
    with open(large, "wb") as file:
        file.truncate(MAP["SLOT_SIZE"] + 1)
    status, t = no_image.send(large)
    assert status and received(t) == ("TRANSFER_LARGE", 0)

    status, t = no_image.send(board.image, line=breaking(5000))
    assert status is None and received(t)[0] == "TRANSFER_TIMEOUT"
    assert 0 < received(t)[1] < 5000

    status, t = no_image.send(board.image, board.image)
    assert status and received(t)[0] == "TRANSFER_HEADER"

    no_image.key("r")
    no_image.machine.until(SENDER)
    no_image.key("\x18\x18")
    assert received(no_image.menu()) == ("TRANSFER_CANCELLED", 0)

    no_image.key("b")  # what was half there is gone
    assert [e.name for e in no_image.menu().errors] == ["NO_IMAGE"]
    status, t = no_image.send(board.image)
    assert (status, received(t)[0]) == (0, "OK")
    no_image.key("b")
    assert_booted_from_memory(no_image.boots())


# --- checks ------------------------------------------------------------------------------------------

def over_itself(system):
    system.images["kernel"].load = system.images["kernel"].entry = MAP["RECEIVED_BASE"] + 0x1000


WRONG = {
    "unsigned": (lambda b: b.fit("x", change=lambda s: s.configuration.pop("signature-1")),
                 "SIGNATURE_MISSING", "find"),
    "old": (lambda b: b.fit("y", VERSION - 1), "ROLLBACK", "find"),
    "over itself": (lambda b: b.fit("z", change=over_itself), "OVERLAP", "plan"),
    "damaged": (lambda b: damage(b.fit("v")), "HASH_WRONG", "load"),
}


def test_wrong_image(board, no_image):
    """It does not boot, and no slot gets it."""
    for make, code, stage in WRONG.values():
        status, t = no_image.send(make(board))
        assert (status, received(t)[0]) == (0, "OK")
        for keys in ("b", "wa", "wb"):
            no_image.key(keys)
            t = no_image.menu()
            assert [(e.name, e.number, e.stage) for e in t.errors] == [(code, CODES[code], stage)]
            assert not t.of("start") and "slot a: " not in t.text
    assert board.state().status == (TRIED, TRIED)
    no_image.key("wc")
    assert no_image.menu().errors == []


def test_optional_context_that_is_damaged(board, no_image):
    """Good enough to be booted, but not to be kept."""
    def change(system):
        system.contexts["p"]["optional"] = True

    image = board.fit("x", change=change)
    data = bytearray(image.read_bytes())
    at = data.index(b"\x7fELF")
    data[at + 0x60] ^= 1
    image.write_bytes(data)
    no_image.send(image)
    no_image.key("wa")
    t = no_image.menu()
    assert len(t.errors) == 1 and "slot a: " not in t.text
    no_image.key("b")
    assert no_image.boots().of("enter")


# --- slots -------------------------------------------------------------------------------------------

@pytest.mark.parametrize("slot", [A, pytest.param(B, marks=pytest.mark.port)])
def test_written_to_a_slot(board, no_image, slot):
    status, t = no_image.send(board.image)
    assert status == 0
    no_image.key("wb" if slot else "wa")
    t = no_image.boots()
    name = "ab"[slot]
    assert [line for line in t.lines if line.startswith(f"peerboot: slot {name}: ")]
    [written] = [r for r in t.records if r.what == f"slot {name} written"]
    behind = board.image.stat().st_size - written.size  # what mkimage -B fills up: of no image
    assert written.result == "OK" and 0 <= behind < (8 if "-B" in SETTINGS.get("BOARD_FIT_FLAGS", "") else 1)
    # The machine was reset: a boot like any other.
    found = [r for r in t.of("find") if r.what.startswith("boot image")]
    assert [(r.what, r.address) for r in found][-1] == \
        (f"boot image in slot {name}", MAP["FLASH_BASE"] + MAP[f"SLOT_{name.upper()}_OFFSET"])
    assert not t.errors and t.of("enter")
    state = board.state()
    assert (state.preferred, state.booted, state.tries[slot]) == (slot, slot, 2)
    assert state.version[slot] == VERSION


def test_slot_that_is_confirmed(board):
    """It is kept as long as it boots; one that was refused is no loss."""
    image = board.fits[A]
    board.write(State(status=(CONFIRMED, TRIED)))
    console = Console(board.start(typed=KEY))
    t = console.menu()
    assert [(e.name, e.stage) for e in t.errors] == [("KEY_PRESSED", "start")]
    assert t.refusals() == [] and not t.of("start")
    console.send(image)
    console.key("wa")
    assert [e.name for e in console.menu().errors] == ["SLOT_IN_USE"]
    console.key("x")
    assert booted(console.boots()) == A
    assert board.state().status == (CONFIRMED, TRIED)

    board.fits = [damage(board.fit("x")), None]
    console = Console(board.start())
    assert [e.name for e in console.menu().errors] == ["HASH_WRONG"]
    console.send(image)
    console.key("wa")
    t = console.boots()
    assert t.of("enter") and board.state().status == (TRIED, TRIED)
    assert board.state().booted == A


@pytest.mark.parametrize("chunks", [0, 1])
def test_power_cut_while_a_slot_is_written(board, chunks):
    """Behind so many of what is written at once: the other slot boots, and the one that was cut off is
    not looked at."""
    medium, old = board.medium, board.fits[A].read_bytes()
    image = board.fit("new", VERSION + 1).read_bytes()
    written = min(chunks * medium.chunk, len(image) & -BLOCK)
    gdb = started_by_gdb(loader_file("test", "elf"), f"break {medium.driver}_erase", "continue",
                         "delete", f"break {medium.driver}_write_bytes", f"ignore 2 {chunks}",
                         "continue", "kill")
    board.write(State(preferred=B, booted=B, status=(TRIED, CONFIRMED)))
    runs = threading.Thread(target=gdb["start_by"])
    machine = board.start(typed=KEY, extra=gdb["extra"], start_by=runs.start)
    console = Console(machine)
    console.menu()
    console.send(board.folder / "new/boot.itb")
    console.key("wa")
    runs.join()
    machine.power.gone()

    state = board.state()
    assert (state.status, state.preferred) == ((WRITTEN, CONFIRMED), B)
    slot = medium.slot(A, len(image))
    assert slot[:written] == image[:written]
    assert slot[written:] == medium.unwritten(old.ljust(len(image), b"\xff")[written:len(image)])
    m = board.start(again=True)
    assert booted(m.until(r"^witness: done\r?$")) == B
    m.power.off()
