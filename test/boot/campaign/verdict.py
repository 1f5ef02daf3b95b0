# SPDX-License-Identifier: BSD-2-Clause
"""What may come of a boot: exactly what was signed runs, or a named error and the next slot's turn.

Nothing here knows what was done to flash. The order of slots comes from the state that is there, and
what ran is compared with what was signed: memory, device tree, cores, records, and what the program
says.
"""
import re
from dataclasses import dataclass, field

from board import MAP
from boards.slots import newest
from campaign.good import KEY, LAYOUTS, STATES, A, B, Fit, Flash, order
from console import WITNESS
from firmware import PROGRAM_SIZE, WITNESS_BASE
from refusal import CODES
from system import PEER_BASE

ATTEMPT = re.compile(r"slot ([ab]) (tried|confirmed|tries used up)$")
BEFORE = ("reset", "find")  # stages before anything of a boot image is believed
# Where cores may be: in the loader, in what was signed, or still at reset.
LOADER = range(MAP["LOADER_BASE"], MAP["LOADER_BASE"] + MAP["LOADER_SIZE"])
RUNNING = {0: range(WITNESS_BASE, WITNESS_BASE + PROGRAM_SIZE),
           2: range(PEER_BASE, PEER_BASE + PROGRAM_SIZE)}
OFF = range(0, 1)
LONG = 4  # so many times the longest good boot, in guest time, is too long


@dataclass
class Attempt:
    """To boot a slot: its records up to the refusal, and the error's name."""
    slot: int
    records: list = field(default_factory=list)
    error: str = None


@dataclass
class Reference:
    """What a good boot image does."""
    fit: Fit
    tree: bytes = field(repr=False)
    records: list = field(repr=False)
    said: list = field(repr=False)
    ticks: int


@dataclass
class Verdict:
    outcome: str  # "same": the first slot's boot image ran; "other": the next one's; "none"
    errors: list  # names, of what was refused
    wrong: list  # what may not be: sentences


def attempts(transcript):
    found = []
    for r in transcript.records:
        if r.stage == "find" and (match := ATTEMPT.match(r.what)):
            found.append(Attempt("ab".index(match[1])))
        elif found and not found[-1].error:
            if r.what == f"slot-{'ab'[found[-1].slot]}":
                found[-1].error = r.result
            else:
                found[-1].records.append(r)
    return found


def believed(records):
    """What does not depend on the slot, nor on time."""
    return [(r.core, r.stage, r.result, r.what, r.address, r.size) for r in records
            if r.stage not in BEFORE]


def said(transcript):
    """By the program that ran."""
    return [line for line in transcript.lines if WITNESS.match(line)]


def tree_in(boot):
    size = int.from_bytes(boot.memory(MAP["FDT_BASE"] + 4, 4), "big")
    return boot.memory(MAP["FDT_BASE"], size)


def references(fits, machine):
    """{layout: [Reference]}: every boot image booted once as it is."""
    found = {}
    for layout in LAYOUTS:
        found[layout] = []
        for slot, states in ((A, STATES[1]), (B, STATES[3])):
            boot = machine.boot(Flash.good(fits, layout, states))
            [attempt] = attempts(boot.transcript)
            assert not boot.hung and attempt.slot == slot and not boot.transcript.errors
            found[layout].append(Reference(fits[layout][slot], tree_in(boot),
                                           believed(attempt.records), said(boot.transcript),
                                           boot.transcript.records[-1].ticks))
    return found


def which(boot, references):
    """The boot image that is in memory, whole; None for anything else."""
    return next((r for r in references if all(boot.memory(at, len(data)) == data
                                              for at, data in r.fit.memory.items())), None)


def judge(flash, boot, references):
    references = references[flash.layout]
    tried, wanted = attempts(boot.transcript), order(flash.bank)
    ran = tried and not tried[-1].error
    wrong = []
    if boot.hung or not tried:
        return Verdict("none", [], ["it hangs" if boot.hung else "no slot is tried"])
    if [a.slot for a in tried] != wanted[:len(tried)]:
        wrong.append(f"slots {[a.slot for a in tried]} in place of {wanted}")
    wrong += check_errors(flash, boot.transcript, tried)
    wrong += check_starts(tried)
    if ran:
        wrong += check_run(boot, tried[-1], references)
    else:
        wrong += check_stop(boot, tried, wanted)
    if boot.transcript.records[-1].ticks > LONG * max(r.ticks for r in references):
        wrong.append("it takes too long")
    state = newest(boot.bank, MAP["FLASH_SECTOR_SIZE"])
    if not state or state.booted != tried[-1].slot:
        wrong.append("the state does not tell which slot was booted")
    outcome = ("same" if len(tried) == 1 else "other") if ran else "none"
    return Verdict(outcome, [a.error for a in tried if a.error], wrong)


def check_errors(flash, transcript, tried):
    recorded = [("ab"[a.slot], a.error) for a in tried if a.error]
    if recorded != [(slot, name) for slot, name, _ in transcript.refusals()]:
        yield "errors on the console are not those of the record"
    for a in tried:
        if a.error and a.error not in CODES:
            yield f"error {a.error} is none of docs/errors.md"
        if a.error and bytes(flash.slots[a.slot]) in flash.untouched:
            yield f"slot {'ab'[a.slot]} is as it was, and refused: {a.error}"


def check_starts(tried):
    for a in tried:
        believe = False
        for r in a.records:
            believe |= r.stage == "find" and r.what == f"signed by {KEY}" and r.result == "OK"
            if r.stage not in BEFORE and not believe:
                yield f"{r.stage} {r.what} before the signature held"
            if r.stage in ("start", "enter") and a.error:
                yield f"{r.stage} {r.what} of a slot that was refused"


def cores(boot, running):
    for core, pc in enumerate(boot.pc):
        if pc not in running.get(core, OFF):
            yield f"core {core} is at 0x{pc:x}"


def check_run(boot, attempt, references):
    """It is one of the boot images, in all that can be seen of it."""
    good = which(boot, references)
    if not good:
        yield "what runs is none of the signed boot images"
        return
    if tree_in(boot) != good.tree:
        yield "the device tree is another"
    if believed(attempt.records) != good.records:
        yield "the records are others"
    if said(boot.transcript) != good.said:
        yield "the program says something else"
    if boot.transcript.errors:
        yield "an error in a boot that went well"
    yield from cores(boot, RUNNING)


def check_stop(boot, tried, wanted):
    """Every slot had its turn; the first one's error ends it."""
    if len(tried) != len(wanted):
        yield f"the boot ends, but of slots {wanted} only {[a.slot for a in tried]} were tried"
    if [e.name for e in boot.transcript.errors] != [a.error for a in tried[:1]]:
        yield "it does not end with the first slot's error"
    if said(boot.transcript):
        yield "something runs"
    yield from cores(boot, {0: LOADER})
