# SPDX-License-Identifier: BSD-2-Clause
"""What the console shows, as records and values: tests look at these, never at prose or time."""
import re
from dataclasses import dataclass

RECORD = re.compile(r"^peerboot: \[ *(?P<ticks>\d+)\] (?P<core>\d+) (?P<stage>[a-z]+) +"
                    r"(?P<result>[A-Z_]+) +(?P<what>\S.*?) +"
                    r"0x(?P<address>[0-9a-f]+) 0x(?P<size>[0-9a-f]+)$")
ERROR = re.compile(r"^peerboot: error (?P<name>[A-Z_]+) \((?P<number>-\d+)\) in (?P<stage>[a-z]+): ")
REPORT = re.compile(r"^peerboot: (error|\S+:) [A-Z_]+ \(-\d+\) in [a-z]+: ")
REFUSAL = re.compile(r"^peerboot: slot-(?P<slot>[ab]): (?P<name>[A-Z_]+) \(-\d+\) in (?P<stage>[a-z]+): ")
WITNESS = re.compile(r"^witness: (\w+) ?(.*)$")


@dataclass(frozen=True)
class Record:
    """One entry of the boot record; result is the name of the error code, or OK."""
    ticks: int
    core: int
    stage: str
    result: str
    what: str
    address: int
    size: int


@dataclass(frozen=True)
class Error:
    name: str
    number: int
    stage: str


def number_fields(match, types):
    return {key: types.get(key, str)(text) for key, text in match.groupdict().items()}


class Transcript:
    """All that was on the console until somebody asks, sorted out."""

    def __init__(self, text):
        self.text = text
        self.lines = [line.rstrip("\r") for line in text.split("\n")]
        hexa = {"address": lambda t: int(t, 16), "size": lambda t: int(t, 16)}
        self.records = [Record(**number_fields(m, {"ticks": int, "core": int, **hexa}))
                        for m in map(RECORD.match, self.lines) if m]
        self.errors = [Error(**number_fields(m, {"number": int}))
                       for m in map(ERROR.match, self.lines) if m]

    def reports(self):
        """The lines that say what is wrong, with an optional context or altogether."""
        return [line for line in self.lines if REPORT.match(line) and not REFUSAL.match(line)]

    def refusals(self):
        """[(slot, error, stage)]: of slots, by a loader that has another one to try."""
        return [m.group("slot", "name", "stage") for m in map(REFUSAL.match, self.lines) if m]

    def plan(self):
        """The plan's table, without the name in front of each line."""
        found = []
        for line in self.lines:
            record = RECORD.match(line)
            if record and record["stage"] == "plan":
                return found  # the plan's own record is behind it
            if line.startswith("peerboot: ") and not record:
                found.append(line.removeprefix("peerboot: "))
        return []

    def printed_by_loader(self):
        """Its characters, ends of lines included."""
        return sum(len(line) + 2 for line in self.lines if line.startswith("peerboot: "))

    def stages(self):
        """In the order of the boot, each as often as it was entered anew."""
        out = []
        for record in self.records:
            if not out or out[-1] != record.stage:
                out.append(record.stage)
        return out

    def of(self, stage, result="OK"):
        return [r for r in self.records if r.stage == stage and r.result == result]

    def witness(self, name):
        """What the witness says of name: the texts behind it."""
        found = [m[2] for m in map(WITNESS.match, self.lines) if m and m[1] == name]
        return found

    def word(self, name):
        [text] = self.witness(name)
        return int(text, 16)

    def marks(self):
        """{address: (mark, argument)} as left by peers."""
        return {a: (m, arg) for a, m, arg in
                ([int(t, 16) for t in text.split()] for text in self.witness("mark"))}

    def memory(self, address):
        """What the witness found there: bytes."""
        shown = dict(text.split() for text in self.witness("memory"))
        return bytes.fromhex(shown[f"{address:08x}"])

    def tree(self):
        """The device tree that Linux would have got, as a blob."""
        return bytes.fromhex("".join(self.witness("tree")))
