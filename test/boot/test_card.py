# SPDX-License-Identifier: BSD-2-Clause
"""Boot images and boot state on an SD card, which lives on from boot to boot."""
import subprocess

import pytest

from board import MAP, NAME, TOP
from boards.slots import CONFIRMED, SECTORS, State, newest
from conftest import END
from system import small
from test_recovery import Console
from test_slots import A, B, VERSION, booted, refused

pytestmark = [pytest.mark.needs("slots", "recovery", "signature", "sdhci"), pytest.mark.port]

STATE, SECTOR = MAP.get("STATE_OFFSET", 0), MAP.get("FLASH_SECTOR_SIZE", 0)


class Card:
    """A board's card: boot() once more, with what the boots before wrote."""

    def __init__(self, machine, folder, keys):
        self.machine, self.folder, self.keys = machine, folder, keys
        self.path = folder / "card.img"

    def fit(self, name, version=VERSION):
        """A signed boot image, its data behind the tree."""
        s = small(self.folder / name)
        s.configuration.update(kernel="kernel", loadables=["p"], version=version)
        signed = ["manifest", "kernel", "loadables"]
        if "fdt" in s.images:  # of a board without a tree of its own
            s.configuration["fdt"] = "fdt"
            signed.append("fdt")
        s.configuration["signature-1"] = {
            "algo": "sha256,rsa2048", "key-name-hint": "rsa2048", "sign-images": signed}
        return s.write("-k", self.keys, "-E")

    def make(self, a=None, b=None, *options):
        command = [TOP / "tools/mkflash", "--board", NAME, "-o", self.path, *options]
        for option, fit in (("--slot-a", a), ("--slot-b", b)):
            command += [option, fit] if fit else []
        subprocess.run(command, check=True)

    def state(self):
        return newest(self.path.read_bytes()[STATE:], SECTOR)

    def start(self, **options):
        return self.machine(kept=self.path, loader="test", **options)

    def boot(self, **options):
        m = self.start(**options)
        t = m.until(END)
        m.power.off()  # what it wrote is in the file
        return t


@pytest.fixture
def card(machine, tmp_path, build):
    card = Card(machine, tmp_path, build / "test/fixtures/keys")
    yield card
    card.path.unlink(missing_ok=True)


def test_boots_and_counts(card):
    """Each boot writes over the older record."""
    card.make(card.fit("a"), card.fit("b"))
    first = card.path.read_bytes()
    t = card.boot()
    assert booted(t) == A and refused(t) == []
    # Linux confirms by its own driver of the controller; who has none finds nothing to write to.
    found = {r.what: (r.address, r.size) for r in t.of("find") if r.what.startswith("slot state")}
    assert found == {"slot state's controller": (MAP["USDHC_BASE"], 0), "slot state in storage": (STATE, 2 * SECTOR)}
    assert card.state() == State(sequence=3, tries=(2, 3), version=(VERSION, 0))
    assert booted(card.boot()) == A
    assert card.state() == State(sequence=4, tries=(1, 3), version=(VERSION, 0))
    now, size = card.path.read_bytes(), 512
    for at in range(0, len(now), size):
        if at not in range(STATE, STATE + SECTORS * SECTOR, SECTOR):
            assert now[at:at + size] == first[at:at + size]


def test_confirmed(card):
    card.make(card.fit("a"), card.fit("b"), "--confirmed", "b")
    assert booted(card.boot()) == B
    assert card.state().status[B] == CONFIRMED


def test_b_unreadable(card):
    """On a card that ends where slot B begins."""
    card.make(card.fit("a"), card.fit("b"), "--confirmed", "b")
    with open(card.path, "r+b") as out:
        out.truncate(MAP["FLASH_SIZE"] // 2)
    assert MAP["FLASH_SIZE"] // 2 <= MAP["SLOT_B_OFFSET"]
    t = card.boot()
    assert booted(t) == A and refused(t) == [(B, "STORAGE_READ", "find")]


def test_damaged(card):
    """A block that the card gives, but not as it was written."""
    a = card.fit("a")
    data = bytearray(a.read_bytes())
    data[data.index(b"witness: ")] ^= 1
    a.write_bytes(data)
    card.make(a, card.fit("b"))
    t = card.boot()
    assert booted(t) == B and refused(t) == [(A, "HASH_WRONG", "load")]


def test_no_card(machine):
    """Named at once, and recovery begins."""
    t = machine(medium=False, loader="test").until(END)
    assert refused(t) == [(A, "STORAGE_MISSING", "find"), (B, "STORAGE_MISSING", "find")]
    assert [(e.name, e.stage) for e in t.errors] == [("STORAGE_MISSING", "find")]
    assert [r.result for r in t.records if r.what == "slot state not read"] == ["STORAGE_MISSING"]


def test_recovery_writes_the_card(card):
    image = card.fit("a")
    card.make()
    console = Console(card.start())
    assert [(e.name, e.stage) for e in console.menu().errors] == [("NO_IMAGE", "find")]
    status, t = console.send(image)
    assert status == 0 and not t.errors
    console.key("wb")
    assert booted(console.boots()) == B
    console.machine.power.off()
    data = image.read_bytes()
    at = MAP["SLOT_B_OFFSET"]
    written = card.path.read_bytes()[at:at + len(data)]
    assert written[:len(data) - 64] == data[:len(data) - 64]
    state = card.state()
    assert (state.preferred, state.booted, state.tries[B]) == (B, B, 2)
