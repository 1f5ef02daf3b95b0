# SPDX-License-Identifier: BSD-2-Clause
"""b, in charge, stops and starts Linux again and again, while it passes messages to c, none of which is
lost: only `make soak` does. test_life.py has Linux brought back a few times after worse.

Most of a round is the new Linux's own start. Nothing is added to it but what has to be seen, by one program
in its ramdisk: labgrid's way into a shell takes as long as all of that."""
import re

import pytest

from conftest import TROUBLE
from machine import PROMPT
from ramdisk import add_files
from system import linux_unpacked
from test_life import LINUX, TO_C, UP, Passing, booted, life_system, machine  # noqa: F401
from test_restart import ROUNDS

pytestmark = [pytest.mark.needs("monitor")]

# The links to b and c pass messages both ways, c runs as far as Linux knows, the kernel has had no trouble,
# and b says what it has had back from c.
CHECK = f"""
. /lib/peers.sh
well() {{
	for peer in b c; do
		wait_for is_up $peer && rpmsg-echo --count 32 --window 32 "$(device_of $peer rpmsg-raw)" || return
	done
	[ "$(cat /sys/class/remoteproc/remoteproc1/state)" = attached ] || return
	! dmesg | grep -E '{TROUBLE.pattern}' || return
	control=$(device_of b rpmsg_ctrl)
	rpmsg-command $control 1026 'ping-result {TO_C}'
}}
well
echo "checked: $?"
"""
# No prompt comes before the end, which what the next Linux says would stand behind.
RENEW = f"rpmsg-command --no-answer $control 1026 'renew {LINUX}'; sleep 60"
CHECKED = r"^checked: \d+\r?$"
RESULT = re.compile(r"sent=(\d+) received=(\d+) bad=(\d+) running=(\d+)")


@pytest.fixture(scope="module")
def system(tmp_path_factory, build):
    s = life_system(tmp_path_factory.mktemp("system"), build)
    add_files(s, {"check": CHECK.encode()})
    s.contexts["linux"]["bootargs"] += " loglevel=2"
    s.images["kernel"] = linux_unpacked()
    return s.write()


def check(machine):
    """How many messages b has had back from c by now."""
    machine.seen = ""
    machine.console.sendline(". /check")
    said = machine.until(CHECKED)
    assert "checked: 0" in said.lines
    [result] = filter(None, map(RESULT.match, said.lines))
    sent, received, bad, running = map(int, result.groups())
    assert running and not bad and received <= sent
    return received


@pytest.mark.timeout(600 + 60 * ROUNDS)
def test_linux_again_and_again(machine, booted):  # noqa: F811
    passing = Passing(booted)
    passing.received = check(machine)
    for n in range(1, ROUNDS + 1):
        machine.console.sendline(RENEW)
        machine.until(UP)
        machine.until(PROMPT)
        received = check(machine)
        assert received > passing.received
        passing.received = received
        print(f"{n} restarts of Linux; from b to c and back {received} messages", flush=True)
    booted.__init__(machine)
    passing.end(booted)
