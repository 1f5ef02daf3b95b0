# SPDX-License-Identifier: BSD-2-Clause
"""Another kernel of Debian's than the demo's, with the module built for it, on a machine with Hyp mode:
all that Linux knows of the loader is another at once."""
import re

import pytest

from board import OTHER_LINUX, VARIANTS
from conftest import TROUBLE, Rack
from machine import Linux
from system import linux_kernel, linux_ramdisk, with_linux

pytestmark = [pytest.mark.needs("hyp"), pytest.mark.once]

ROLES = {"b": ("master", "remote"), "c": ("symmetric", "symmetric")}


@pytest.fixture(scope="module")
def settings():
    lines = (OTHER_LINUX / "settings").read_text().splitlines()
    return dict(line.split(" = ", 1) for line in lines)


@pytest.fixture(scope="module")
def linux(tmp_path_factory, environment, erased_bank, build):
    folder = tmp_path_factory.mktemp("kernel")
    s = with_linux(folder, build, ROLES)
    s.images["kernel"], s.images["ramdisk"] = linux_kernel(OTHER_LINUX), linux_ramdisk(OTHER_LINUX)
    with Rack(folder, environment, erased_bank) as rack:
        yield Linux(rack.start(s.write(), model=VARIANTS["hyp"]))


def test_it_is_that_kernel(linux, settings):
    assert linux.one("uname -r") == settings["KERNEL_RELEASE"]
    assert linux.one("nproc") == "2"


def test_all_cores_came_in_hyp_mode(linux):
    assert linux.run("dmesg | grep 'All CPU(s) started in HYP mode'")


def test_links(linux):
    """Up, messages pass, the module goes and comes; nothing of that is worth a warning."""
    linux.run(". /lib/peers.sh; for p in b c; do for c in rpmsg-raw rpmsg-tty; do "
              "wait_for has_device $p $c || exit 1; done; done")
    for _ in range(2):
        lines = linux.run("selftest echo 500")
        results = re.findall(r"rpmsg-echo: \S+ sent (\d+) received (\d+) bad (\d+) ", "\n".join(lines))
        assert results == [("500", "500", "0")] * len(ROLES)
        assert "selftest: reload ok" in linux.run("selftest reload 2")
    assert not [line for line in linux.run("dmesg") if TROUBLE.search(line)]
