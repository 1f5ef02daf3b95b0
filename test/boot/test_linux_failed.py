# SPDX-License-Identifier: BSD-2-Clause
"""The demo with a peer that is optional and broken: Linux sees it as failed, the rest works."""
import re
from pathlib import Path

import pytest

from board import MAP
from conftest import Rack, assert_clean
from demo import demo_with
from machine import Linux


def demo_without_b(folder):
    """The demo's own sources, but b may fail, and a byte of it is wrong."""
    demo_with(folder, r"^(\s*b) \{", r"\1 { optional;")
    data = bytearray((folder / "boot.itb").read_bytes())
    b = Path(re.search(r'incbin/\("(.*echo-b.*)"\)', (folder / "boot.its").read_text())[1]).read_bytes()
    data[data.index(b) + len(b) // 2] ^= 1
    (folder / "boot.itb").write_bytes(data)
    return folder / "boot.itb"


@pytest.fixture(scope="module")
def linux(tmp_path_factory, environment, erased_bank):
    folder = tmp_path_factory.mktemp("failed")
    with Rack(folder, environment, erased_bank) as rack:
        linux = Linux(rack.start(demo_without_b(folder)))
        yield linux
        assert_clean(linux.run("dmesg"))


def test_record(linux):
    assert [r.result for r in linux.transcript.records if r.result != "OK"] == ["HASH_WRONG"]
    assert [r.what for r in linux.transcript.of("start")] == ["c core 3"]
    linux.run("grep -q ' load HASH_WRONG ' /sys/kernel/debug/peerboot/boot-record")


def test_nodes(linux):
    assert linux.strings("/proc/device-tree/link-b/status") == ["fail"]
    assert linux.strings("/proc/device-tree/link-c/status") == ["okay"]
    at = [int(name.split("@")[1], 16)
          for name in linux.run("cd /proc/device-tree/reserved-memory; ls -1d *@*")]
    assert MAP["PEER_C_BASE"] in at
    assert MAP["PEER_B_BASE"] not in at and MAP["TABLE_B_BASE"] not in at


def test_drivers(linux):
    """No device for b, and an echo with c as if nothing had been."""
    assert linux.run("ls -1 /sys/bus/platform/drivers/peerboot-link | grep link-") == ["link-c"]
    assert "selftest: echo ok" in linux.run("selftest echo 200")
