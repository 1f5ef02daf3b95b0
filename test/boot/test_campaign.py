# SPDX-License-Identifier: BSD-2-Clause
"""Damaged boot images: exactly what was signed runs, or a named error and the other slot's turn.

`make campaign` does the same with more of them, and replays one.
"""
import os
from copy import deepcopy
from dataclasses import replace

import pytest

from board import MAP, loader_file
from campaign.good import A, B, LAYOUTS, STATES, Flash
from campaign.mutation import KINDS, mutate
from campaign.session import Session
from campaign.verdict import judge
from console import Transcript
from firmware import WITNESS_BASE
from system import PEER_BASE

pytestmark = [pytest.mark.needs("slots", "recovery", "signature", "cfi_intel"), pytest.mark.once]

SEED = int(os.environ.get("CAMPAIGN_SEED", "1"))
COUNT = int(os.environ.get("CAMPAIGN_COUNT", "50"))


@pytest.fixture(scope="session")
def session(build, tmp_path_factory):
    session = Session(tmp_path_factory.mktemp("campaign"), loader_file("full"))
    yield session
    session.close()


@pytest.mark.parametrize("number", range(COUNT))
def test_mutation(session, record_property, number):
    result = session.run(SEED, number)
    record_property("campaign", result.summary())
    print(result.boot.transcript.text)
    assert not result.verdict.wrong, result


def test_the_same_again(session):
    """Instruction by instruction: times are in the text, too."""
    assert mutate(session.fits, SEED, 3) == mutate(session.fits, SEED, 3)
    assert mutate(session.fits, SEED, 3) != mutate(session.fits, SEED, 3 + len(KINDS))
    again = [session.run(SEED, 3).boot for _ in range(2)]
    assert again[0].transcript.text == again[1].transcript.text and again[0].pc == again[1].pc


# --- a judge who sees what is wrong ----------------------------------------------------------------------

@pytest.fixture(scope="session")
def case(session):
    """(Flash, Boot): slot A is damaged, and B runs."""
    flash = Flash.good(session.fits, list(LAYOUTS)[0], STATES[1])
    flash.slots[A][-len(flash.slots[A]) + 0x30] ^= 1
    flash.slots[A][:4] = b"\xff" * 4
    return flash, session.machine.boot(flash)


def area(address):
    def change(boot):
        boot.areas[address] = bytes([boot.areas[address][0] ^ 1]) + boot.areas[address][1:]

    return change


def text(old, new):
    def change(boot):
        assert old in boot.transcript.text
        boot.transcript = Transcript(boot.transcript.text.replace(old, new))

    return change


def attribute(name, value):
    return lambda boot: setattr(boot, name, value)


WRONG = {
    "it hangs": attribute("hung", True),
    "another program": area(WITNESS_BASE),
    "another peer": area(PEER_BASE),
    "another device tree": lambda boot: area(MAP["FDT_BASE"])(boot) or boot.areas.update({
        MAP["FDT_BASE"]: boot.areas[MAP["FDT_BASE"]].replace(b"slot b", b"slot x")}),
    "a core more": attribute("pc", [WITNESS_BASE, PEER_BASE, PEER_BASE, 0]),
    "a core elsewhere": attribute("pc", [WITNESS_BASE, 0, MAP["RAM_BASE"], 0]),
    "not verified": text("signed by development", "signed by nobody     "),
    "another entry": text(f"p core 2                    0x{PEER_BASE:08x}",
                          f"p core 2                    0x{PEER_BASE + 4:08x}"),
    "no error's name": text("BAD_MAGIC", "BAD_MAGIX"),
    "another error on the console": text("slot-a: BAD_MAGIC", "slot-a: NO_IMAGE"),
    "the wrong slot": text("slot a tried", "slot b tried"),
    "too late": lambda boot: boot.transcript.records.append(
        replace(boot.transcript.records[-1], ticks=1 << 32)),
    "nothing at all": text("slot ", "room "),
    "not counted": lambda boot: setattr(boot, "bank", b"\xff" * len(boot.bank)),
}


def test_judge(session, case):
    flash, boot = case
    verdict = judge(flash, boot, session.references)
    assert (verdict.outcome, verdict.errors, verdict.wrong) == ("other", ["BAD_MAGIC"], [])


@pytest.mark.parametrize("what", WRONG)
def test_judge_sees(session, case, what):
    flash, boot = deepcopy(case)
    WRONG[what](boot)
    assert judge(flash, boot, session.references).wrong


def test_judge_sees_a_good_slot_refused(session, case):
    flash, boot = deepcopy(case)
    flash.slots[A][:] = flash.untouched[A]
    assert judge(flash, boot, session.references).wrong


def test_judge_sees_a_boot_that_ends(session):
    """Both are damaged, and only one was tried."""
    flash = Flash.good(session.fits, list(LAYOUTS)[0], STATES[1])
    for slot in (A, B):
        flash.slots[slot][:4] = b"\xff" * 4
    boot = session.machine.boot(flash)
    assert judge(flash, boot, session.references).wrong == []
    lines = boot.transcript.text.splitlines()
    second = next(n for n, line in enumerate(lines) if "slot b tried" in line)
    kept = [line for line in lines[second:] if "stopped" in line or "error" in line]
    boot.transcript = Transcript("\n".join(lines[:second] + kept))
    assert judge(flash, boot, session.references).wrong
