# SPDX-License-Identifier: BSD-2-Clause
"""Campaigns under load, in every way, with a kernel that watches what it frees: only `make soak` runs
them. Programs open, use and close every link's devices while b starts anew and while the module goes and
comes. test_leaving.py, test_linux.py and test_linux_roles.py do a little of it each time."""
import pytest

from conftest import assert_clean
from machine import Linux
from roles import OF_B, WAYS, every_role, linux_and_peers
from test_restart import PATIENCE, ROUNDS, Soak


@pytest.fixture(params=WAYS)
def soak(request, machine, tmp_path, build):
    system = linux_and_peers(tmp_path, build, every_role(OF_B), request.param,
                             tables=request.param != "static")
    system.contexts["linux"]["bootargs"] += " slub_debug=FZPU"
    linux = Linux(machine(system.write()), level=4)
    yield Soak(linux)
    assert_clean(linux.run("dmesg"))


@pytest.mark.timeout(600 + 20 * ROUNDS)
def test_reloads_under_load(soak):
    soak.linux.run(f"selftest load {ROUNDS}", 3 * PATIENCE)
    soak.all_is_well()


@pytest.mark.timeout(600 + 20 * ROUNDS)
def test_rebinds_under_load(soak):
    soak.linux.run(f"selftest rebind-load {ROUNDS}", 3 * PATIENCE)
    soak.all_is_well()


@pytest.mark.timeout(600 + 20 * ROUNDS)
def test_restarts_under_load(soak):
    soak.linux.run(f"selftest restart-load b {max(2, ROUNDS // 5)}", PATIENCE)
    soak.all_is_well()
