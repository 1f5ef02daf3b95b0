# SPDX-License-Identifier: BSD-2-Clause
"""What `make bench` has Linux measure of links (linux/initramfs/bin/measure): each pair, role and direction."""
import re

import pytest

from roles import OTHER, ROLES

MESSAGES = 100
WINDOWS = (1, 32)
LINE = re.compile(r"measure: (\S+) (\S+) (\S+) (\d+) (\d+) ns (\d+) p50 (\d+) p99 (\d+) max (\d+)")


def wanted():
    """All ends that can be told to begin, with their role: Linux and b."""
    for role in ROLES:
        for window in WINDOWS:
            yield "linux", "b", role, window
            yield "b", "linux", OTHER[role], window
            yield "b", "c", role, window


@pytest.mark.parametrize("every_role", ["preset"], indirect=True)
def test_each_pair_is_measured_from_either_end(every_role):
    _, linux = every_role
    found = [LINE.fullmatch(line) for line in linux.run(f"measure {MESSAGES}")]
    assert all(found)
    assert sorted((m[1], m[2], m[3], int(m[4])) for m in found) == sorted(wanted())
    for m in found:
        window, count, ns, p50, p99, longest = map(int, m.groups()[3:])
        assert count == MESSAGES
        assert 0 < p50 <= p99 <= longest <= ns, m[0]
        # One behind the other, half of them took that long at least; of many, each took its part.
        assert window > 1 or count // 2 * p50 <= ns, m[0]
        assert window == 1 or ns <= count * longest, m[0]
