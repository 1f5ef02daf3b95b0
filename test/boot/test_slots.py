# SPDX-License-Identifier: BSD-2-Clause
"""Two slots and the boot state, which lives on from boot to boot: in flash, or on a card.

The loader is the variant "test", which wants signed boot images of version 2 and up; and the variant
"slots", which takes any.
"""
import pytest

from board import MAP, loader_file
from boards.slots import CONFIRMED, TRIED, WRITTEN, State, newest
from gdb import started_by_gdb
from refusal import CODES
from slotted import A, B, RECORD, SECTOR, VERSION, Board, booted, damage, empty, overlap, refused

pytestmark = pytest.mark.needs("slots", "signature")


@pytest.fixture
def board(machine, tmp_path, build):
    board = Board(machine, tmp_path, build / "test/fixtures/keys")
    yield board
    board.medium.close()


# Why slot A may be refused: what it holds, which error in which stage.
BROKEN = {
    "empty": (empty, "NO_IMAGE", "find"),
    "unsigned": (lambda b: b.fit("x", change=lambda s: s.configuration.pop("signature-1")),
                 "SIGNATURE_MISSING", "find"),
    "old": (lambda b: b.fit("x", VERSION - 1), "ROLLBACK", "find"),
    "overlap": (lambda b: b.fit("x", change=overlap), "OVERLAP", "plan"),
    "damaged": (lambda b: damage(b.fit("x")), "HASH_WRONG", "load"),
}


@pytest.fixture(params=BROKEN)
def broken(request, board):
    """(path, error, stage) of a boot image that is refused."""
    make, code, stage = BROKEN[request.param]
    return make(board), code, stage


# --- the slot that boots -----------------------------------------------------------------------------

@pytest.mark.port
def test_a_good(board):
    t = board.boot()
    assert booted(t) == A and refused(t) == []
    assert board.state() == State(sequence=2, tries=(2, 3), version=(VERSION, 0))
    # Who confirms writes to that address; there is none on a card.
    assert [(r.address, r.size) for r in t.of("find") if r.what == "slot state"] == (
        [(MAP["STATE_BASE"], 2 * SECTOR)] if "STATE_BASE" in MAP else [])


def test_a_broken_b_good(board, broken):
    """In the same boot, and A's error is recorded."""
    board.fits[A], code, stage = broken
    t = board.boot()
    assert booted(t) == B and refused(t) == [(A, code, stage)]
    assert board.state().booted == B


def test_b_that_is_confirmed_broken_too(board, broken):
    board.fits[B], code, stage = broken
    board.write(State(preferred=B, booted=B, status=(TRIED, CONFIRMED)))
    t = board.boot()
    assert booted(t) == A and refused(t) == [(B, code, stage)]
    # Nothing of it is forgotten: B is mended, and boots again.
    board.fits[B] = board.fit("b")
    assert booted(board.boot()) == B


def test_nothing_bootable(board, broken):
    """The first slot's error stops the boot; both are recorded."""
    board.fits[A], code, stage = broken
    board.fits[B] = damage(board.fit("b"))
    t = board.boot()
    assert refused(t) == [(A, code, stage), (B, "HASH_WRONG", "load")]
    [error] = t.errors
    assert (error.name, error.number, error.stage) == (code, CODES[code], stage)
    assert t.records[-1].result == code and not t.of("start") and not t.of("enter")


def test_loader_without_signatures(board):
    """Counts and falls back as well, and takes what is not signed, of any version."""
    board.loader = "slots"
    board.fits[A] = board.fit("x", 0, change=lambda s: s.configuration.pop("signature-1"))
    assert booted(board.boot()) == A
    damage(board.fits[A])
    t = board.boot()
    assert booted(t) == B and refused(t) == [(A, "HASH_WRONG", "load")]
    assert board.state().booted == B and board.state().tries[B] == 2


@pytest.mark.parametrize("status", [(TRIED, TRIED), (CONFIRMED, CONFIRMED), (CONFIRMED, TRIED)])
def test_no_way_back_once_a_core_runs(board, status):
    """An early context of A has started when its kernel turns out to be damaged: B is for the next
    time, even if A was confirmed."""
    def early(s):
        s.contexts["p"]["early"] = True

    board.fits[A] = damage(board.fit("x", change=early))
    board.write(State(status=status))
    t = board.boot()
    assert [(e.name, e.stage) for e in t.errors] == [("HASH_WRONG", "load")]
    assert refused(t) == [] and t.of("start") and not t.of("enter")
    assert board.state().status[A] == TRIED and board.state().preferred == B
    assert booted(board.boot()) == B


# --- counting -----------------------------------------------------------------------------------------

def test_never_confirmed(board):
    """Three tries of A, three of B; then A again, since it has to boot something."""
    assert [booted(board.boot()) for _ in range(7)] == [A, A, A, B, B, B, A]
    assert board.state().tries == (0, 0)


def test_attempts_are_the_states(board):
    board.write(State(attempts=1, tries=(1, 1)))
    assert [booted(board.boot()) for _ in range(2)] == [A, B]


@pytest.mark.parametrize("slot", [A, B])
def test_confirmed_stays(board, slot):
    """And costs flash nothing."""
    status = [TRIED, TRIED]
    status[slot] = CONFIRMED
    board.write(State(preferred=slot, booted=slot, status=status, version=(VERSION,) * 2))
    before = board.medium.state_area()
    assert {booted(board.boot()) for _ in range(5)} == {slot}
    assert board.medium.state_area() == before


def test_new_image_that_is_not_confirmed(board):
    """A works, B is new: tried, and left."""
    board.write(State(preferred=B, status=(CONFIRMED, TRIED)))
    assert [booted(board.boot()) for _ in range(5)] == [B, B, B, A, A]


def test_slot_that_is_being_written(board):
    """Whole as it looks: it is not even tried."""
    board.write(State(preferred=A, status=(TRIED, WRITTEN), tries=(0, 3)))
    assert booted(board.boot()) == A
    board.fits[A] = empty(board)
    t = board.boot()
    assert [e.name for e in t.errors] == ["NO_IMAGE"] and refused(t) == [(A, "NO_IMAGE", "find")]
    board.write(State(status=(WRITTEN, WRITTEN)))
    assert [e.name for e in board.boot().errors] == ["NO_IMAGE"]


# --- rollback ------------------------------------------------------------------------------------------

def test_minimum_in_the_state(board):
    board.fits[B] = board.fit("b", VERSION + 1)
    board.write(State(minimum=VERSION + 1))
    t = board.boot()
    assert booted(t) == B and refused(t) == [(A, "ROLLBACK", "find")]
    assert board.state().version == (0, VERSION + 1)
    assert board.state().minimum == VERSION + 1


def test_minimum_is_not_raised_by_booting(board):
    board.fits[A] = board.fit("a", VERSION + 5)
    assert booted(board.boot()) == A
    state = board.state()
    assert state.version == (VERSION + 5, 0) and state.minimum == 0


# --- the medium ----------------------------------------------------------------------------------------

@pytest.fixture
def bank(board):
    """The state's, in flash."""
    return board.medium


def full_sector(last):
    """Records up to the sequence number last, slot B confirmed in the newest alone."""
    first = last - SECTOR // RECORD + 1
    records = [State(sequence=n).pack() for n in range(first, last)]
    return b"".join(records) + State(sequence=last, preferred=B, status=(TRIED, CONFIRMED)).pack()


@pytest.mark.needs("cfi_intel")
@pytest.mark.parametrize("sector", [0, 1])
@pytest.mark.parametrize("other", ["erased", "old", "torn erase"])
def test_full_sector(board, bank, sector, other):
    """The other one is erased, whatever it holds, and goes on."""
    last = 20000
    old = {"erased": b"", "old": full_sector(last - SECTOR // RECORD),
           "torn erase": b"\xff" * 1000 + full_sector(last - SECTOR // RECORD)[1000:]}[other]
    bank.write_bank((sector * SECTOR, full_sector(last)), ((not sector) * SECTOR, old))
    assert booted(board.boot()) == B
    data = bank.bank.read_bytes()
    assert data[sector * SECTOR:(sector + 1) * SECTOR] == full_sector(last)
    new = data[(not sector) * SECTOR:((not sector) + 1) * SECTOR]
    assert newest(new, SECTOR // 2).sequence == last + 2
    assert new[2 * RECORD:] == b"\xff" * (SECTOR - 2 * RECORD)


@pytest.mark.parametrize("bits", range(0, RECORD * 8, 37))
def test_torn_record(board, bits):
    """A confirmed; power ended while B was being confirmed, so many bits into the record."""
    old = State(sequence=1, status=(CONFIRMED, TRIED), version=(VERSION,) * 2)
    new = State(sequence=2, preferred=B, booted=B, status=(CONFIRMED, CONFIRMED)).pack()
    torn = (int.from_bytes(new, "little") | ~0 << bits & (1 << RECORD * 8) - 1)
    board.write(old, torn.to_bytes(RECORD, "little"))
    assert booted(board.boot()) == A
    assert board.state() == old


@pytest.mark.needs("cfi_intel")
def test_flash_that_cannot_be_written(board):
    """QEMU reports a programming error. The board boots, and the record says that it was not counted."""
    for _ in range(2):
        t = board.boot(read_only=True)
        assert booted(t) == A
        assert [r.what for r in t.of("find", "FLASH_WRITE")] == ["slot state not written"] * 2
    assert board.state() is None


@pytest.mark.needs("cfi_intel")
def test_flash_that_cannot_be_erased(board, bank):
    bank.write_bank((0, full_sector(9999)), (SECTOR, b"\0" * SECTOR))
    t = board.boot(read_only=True)
    assert booted(t) == B and len(t.of("find", "FLASH_ERASE")) == 2


# --- power -----------------------------------------------------------------------------------------------

@pytest.fixture
def cut(board):
    """cut(what, n): QEMU ends when the loader calls this of the medium's driver for the time after n."""
    def run(what, count):
        m = board.start(**started_by_gdb(loader_file("test", "elf"), f"break {board.medium.driver}_{what}",
                                         f"ignore 1 {count}", "continue", "kill"))
        m.power.gone()

    return run


@pytest.mark.parametrize("words", [0, 1, 5, 7, 8, 12, 15])
def test_power_cut_while_the_state_is_written(board, cut, words):
    """Two records of eight words: that A is tried, and its version."""
    cut("write", words)
    assert board.medium.state_words() == board.medium.whole_words(words)
    state = board.state()
    assert (state.sequence if state else 0) == words // 8
    assert booted(board.boot()) == A
    assert board.state().tries == (3 - 1 - words // 8, 3)


@pytest.mark.needs("cfi_intel")
@pytest.mark.parametrize("what", ["erase", "write"])
def test_power_cut_while_the_log_turns_over(board, bank, cut, what):
    """Before the other sector is erased, and when it is."""
    full = full_sector(20000)
    bank.write_bank((0, full), (SECTOR, full_sector(20000 - SECTOR // RECORD)))
    cut(what, 0)
    assert board.state().sequence == 20000
    erased = bank.bank.read_bytes()[SECTOR:2 * SECTOR] == b"\xff" * SECTOR
    assert erased == (what == "write")
    assert booted(board.boot()) == B
    assert board.state().sequence == 20002
