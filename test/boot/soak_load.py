# SPDX-License-Identifier: BSD-2-Clause
"""Restarts of b while programs open, use and close every link's devices, in every way. Only `make soak`
runs it: stock rpmsg_char of Linux 6.1 does not stand an open() that races with a channel's removal, and
so a long run may end in its oops. In the way preset, test_linux.py and test_linux_roles.py do the same."""
import pytest

from test_restart import PATIENCE, ROUNDS, soak  # noqa: F401  (a fixture)


@pytest.mark.timeout(600 + 20 * ROUNDS)
def test_restarts_under_load(soak):  # noqa: F811
    soak.linux.run(f"selftest restart-load b {max(2, ROUNDS // 5)}", PATIENCE)
    soak.all_is_well()
