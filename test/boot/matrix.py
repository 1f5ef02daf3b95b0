# SPDX-License-Identifier: BSD-2-Clause
"""The table that ends a run: messages that have passed, by pair and role (rows) and way (columns)."""
from roles import ROLES, WAYS

KINDS = ["Linux ↔ bare metal", "bare ↔ bare metal"]


def cells(reports):
    """{(kind, role, way): messages} of what tests have recorded as property "matrix"."""
    return {tuple(value[:3]): value[3] for report in reports
            for name, value in getattr(report, "user_properties", []) if name == "matrix"}


def lines(found):
    yield f"{'messages passed':<20}{'role':<11}" + "".join(f"{way:>11}" for way in WAYS)
    for kind in KINDS:
        for role in ROLES:
            counts = [found.get((kind, role, way), "none") for way in WAYS]
            yield f"{kind:<20}{role:<11}" + "".join(f"{count:>11}" for count in counts)
