# SPDX-License-Identifier: BSD-2-Clause
"""What came of many mutations, as lines: a row for each kind, then the errors by name."""
from collections import Counter

from campaign.mutation import KINDS

OUTCOMES = {"same": "identical boot", "other": "other slot", "none": "both refused"}


def row(name, *cells):
    return f"{name:<22}" + "".join(f"{cell:>16}" for cell in cells)


def recorded(reports):
    """What tests have recorded as property "campaign": (kind, outcome, errors' names, is it wrong?)"""
    return [value for report in reports
            for name, value in getattr(report, "user_properties", []) if name == "campaign"]


def lines(found):
    yield row("mutation", *OUTCOMES.values(), "WRONG")

    def counts(of):
        return [sum(o == outcome and not wrong for _, o, _, wrong in of) or "-"
                for outcome in OUTCOMES] + [sum(wrong for *_, wrong in of) or "-"]

    for kind in KINDS:
        if of := [f for f in found if f[0] == kind]:
            yield row(kind, *counts(of))
    yield row(f"all {len(found)}", *counts(found))
    errors = Counter(name for _, _, names, _ in found for name in names)
    yield "errors: " + ", ".join(f"{name} {count}" for name, count in errors.most_common())
