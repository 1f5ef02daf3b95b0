# SPDX-License-Identifier: BSD-2-Clause
"""A bare-metal master boots Linux's ELF, by the loader's code as a library."""
import pytest

from board import MAP
from bootstrap import debian, link_elf, master, master_manifest, small_payload
from conftest import END, Rack, assert_clean
from firmware import PROGRAM_SIZE, Elf
from machine import Linux

pytestmark = [pytest.mark.needs("master", "bootstrap"), pytest.mark.port]

PAGE = 0x1000
SLOT_B = MAP["FLASH_BASE"] + MAP["SLOT_B_OFFSET"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory, environment, erased_bank):
    """Debian's Linux, booted by the master."""
    folder = tmp_path_factory.mktemp("master")
    slot_b = folder / "slot_b.elf"
    slot_b.write_bytes(link_elf(folder, {"MANIFEST": master_manifest(folder), **debian()}))
    with Rack(folder, environment, erased_bank) as rack:
        yield Linux(rack.start(master(folder).write(), slot_b=slot_b, unchecked=True))


def test_linux_up(linux):
    assert linux.one("nproc") == "2"
    assert linux.run("cd /proc/device-tree/cpus; ls -1d cpu@*") == ["cpu@0", "cpu@1"]


def test_link_as_the_master_filled_it_in(linux):
    node = "/proc/device-tree/link-master"
    assert linux.strings(f"{node}/status") == ["okay"]
    assert linux.strings(f"{node}/peerboot,role") == ["remote"]
    assert linux.cells(f"{node}/interrupts") == [0, 100, 1]
    assert linux.cells(f"{node}/peerboot,send-doorbell") == [MAP["DOORBELL_SGI"], 8, 1 << 2]
    nodes = linux.run("cd /proc/device-tree/reserved-memory; ls -1d *@*")
    link = MAP["LINK_C_BASE"]
    assert sorted(nodes) == sorted([
        f"boot-record@{MAP['RECORD_BASE']:x}", f"master@{MAP['PEER_C_BASE']:x}",
        f"rsc-table@{MAP['TABLE_LINUX_BASE']:x}", f"vdev0vring0@{link:x}",
        f"vdev0vring1@{link + 3 * PAGE:x}", f"vdev0buffer@{link + 6 * PAGE:x}",
        f"linux-master@{link + 6 * PAGE + 0x40000:x}"])


def test_echo(linux):
    """Linux is the remote of the one that has booted it; 1 to 496 bytes, every byte compared."""
    lines = linux.run("selftest echo 5000")
    [result] = [line for line in lines if line.startswith("rpmsg-echo: ")]
    assert " sent 5000 received 5000 bad 0 " in result
    assert "role: remote" in linux.run("cat /sys/kernel/debug/peerboot/master/state")


@pytest.fixture
def refused(machine, tmp_path):
    """refused(elf): the master's one error. Nothing has started."""
    def run(elf):
        slot_b = tmp_path / "slot_b.elf"
        slot_b.write_bytes(elf)
        t = machine(master(tmp_path).write(), slot_b=slot_b, unchecked=True).until(END)
        assert not t.of("fdt") and not [r for r in t.of("reset") if r.what.startswith("bootstrap")]
        [error] = t.errors
        return error.name, error.number, error.stage

    return run


def segment_to(elf, address):
    for n in elf.loads():
        if elf.segment(n, "paddr") == MAP["KERNEL_BASE"]:
            elf.segment(n, "paddr", address)


BROKEN = {
    ("ELF_BROKEN", -23, "find"): lambda elf: elf.segment(0, "filesz", 0x7fffffff),
    ("ELF_MACHINE", -22, "find"): lambda elf: elf.header("machine", 183),
    ("ELF_ENTRY", -24, "find"): lambda elf: elf.header("entry", MAP["FDT_BASE"]),
    ("TABLE_MISPLACED", -52, "table"):
        lambda elf: elf.section(elf.find_section(".resource_table"), "addr", MAP["FDT_BASE"]),
    ("OVERLAP", -40, "plan"): lambda elf: segment_to(elf, MAP["PEER_C_BASE"]),
    ("OUTSIDE_RAM", -41, "plan"): lambda elf: segment_to(elf, MAP["UART_BASE"]),
    ("TABLE_MISSING", -50, "table"): lambda elf: elf.header("shstrndx", 0),
}


@pytest.mark.parametrize("error", BROKEN, ids=lambda error: error[0])
def test_broken_elf(refused, tmp_path, error):
    elf = Elf(link_elf(tmp_path, small_payload(tmp_path, master_manifest(tmp_path))))
    BROKEN[error](elf)
    assert refused(elf.bytes()) == error


def test_not_an_elf(refused):
    assert refused(b"\0" * PROGRAM_SIZE) == ("IMAGE_FORMAT", -11, "find")
