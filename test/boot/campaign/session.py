# SPDX-License-Identifier: BSD-2-Clause
"""From a seed and a number to the verdict."""
from dataclasses import dataclass

from campaign.good import make_all
from campaign.machine import Boot, Machine
from campaign.mutation import mutate
from campaign.verdict import Verdict, judge, references


@dataclass
class Result:
    seed: int
    number: int
    kind: str
    said: str
    boot: Boot
    verdict: Verdict

    def summary(self):
        """As tally.py counts it."""
        v = self.verdict
        return self.kind, v.outcome, v.errors, bool(v.wrong)

    def __str__(self):
        v = self.verdict
        return (f"--seed {self.seed} --only {self.number}: {self.kind} ({self.said}): {v.outcome}"
                f"{''.join(f', {name}' for name in v.errors)}"
                f"{''.join(f'; WRONG: {what}' for what in v.wrong)}")


class Session:
    """Good boot images, a machine, and how the ones boot on the other."""

    def __init__(self, folder, loader):
        folder.mkdir(parents=True, exist_ok=True)
        self.loader = loader
        self.machine = Machine(folder, loader)
        self.fits = make_all(folder)
        self.references = references(self.fits, self.machine)

    def another(self, folder):
        """With a machine of its own: one boots at a time."""
        folder.mkdir(parents=True)
        copy = object.__new__(Session)
        copy.__dict__.update(self.__dict__, machine=Machine(folder, self.loader))
        return copy

    def run(self, seed, number):
        kind, said, flash = mutate(self.fits, seed, number)
        boot = self.machine.boot(flash)
        return Result(seed, number, kind, said, boot, judge(flash, boot, self.references))

    def close(self):
        self.machine.close()
