# SPDX-License-Identifier: BSD-2-Clause
"""b, in charge, stops and starts Linux again and again, while it passes messages to c, none of which is
lost: only `make soak` does. test_life.py has Linux brought back a few times after worse."""
import pytest

from machine import Linux
from test_life import LINUX, UP, Passing, assert_all_is_well, booted, machine, system  # noqa: F401
from control import Control
from test_restart import ROUNDS

pytestmark = [pytest.mark.needs("monitor")]


@pytest.mark.timeout(600 + 60 * ROUNDS)
def test_linux_again_and_again(machine, booted):  # noqa: F811
    passing, linux = Passing(booted), booted
    for _ in range(ROUNDS):
        command = Control(linux, "b").devices("rpmsg_ctrl")["b"]
        machine.console.sendline(f"rpmsg-command --no-answer {command} 1026 'renew {LINUX}'")
        machine.until(UP)
        linux = Linux(machine)
        assert_all_is_well(linux, passing)
        machine.seen = ""
    passing.end(linux)
