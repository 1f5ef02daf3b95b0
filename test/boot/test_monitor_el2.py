# SPDX-License-Identifier: BSD-2-Clause
"""The monitor at EL3 where cores have an EL2: all contexts of the other world are entered there."""
import pytest

from board import BUILD, NAME, VARIANTS
from conftest import Rack, assert_clean
from control import Control
from machine import Linux
from test_monitor import C, OK, RUNNING, START, STOP, STOPPED, call, wait_for

pytestmark = pytest.mark.needs("monitor", "hyp")


@pytest.fixture(scope="module")
def linux(tmp_path_factory, environment, erased_bank):
    with Rack(tmp_path_factory.mktemp("el2"), environment, erased_bank) as rack:
        yield Linux(rack.start(BUILD / NAME / "demo/boot.itb", model=VARIANTS["hyp"]))


def test_linux_and_all_its_cores(linux):
    assert linux.run("dmesg | grep 'CPU: All CPU(s) started at EL2'")
    assert linux.one("cat /sys/devices/system/cpu/online") == "0-1"


def test_stop_and_start_c(linux):
    """Which leaves EL2 by itself, and finds it anew."""
    assert call(linux, "b", STOP, C) == OK
    wait_for(linux, "b", C, STOPPED)
    assert call(linux, "b", START, C) == OK
    wait_for(linux, "b", C, RUNNING)
    c = Control(linux, "c")
    c.wait_for_links(1)
    assert c.ask("links")
    assert_clean(linux.run("dmesg"))
