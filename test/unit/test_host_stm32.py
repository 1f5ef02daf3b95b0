# SPDX-License-Identifier: BSD-2-Clause
"""What the host's command knows of peers that Linux's stm32_rproc attaches to."""
import json
import struct

import libfdt
import pytest

from host_command import BUILD, REFUSED, TREE, on_virt, peerboot
from board import MAP
from firmware import Elf
from its import Image
from stm32 import IPCC, SPIS, registers, stocked
from system import SGI, SPI

CARVEOUT, DEVMEM = range(2)


@pytest.fixture
def system(tmp_path):
    return stocked(tmp_path, BUILD)


def table_of(elf):
    """Where it is in the file, and of what type which entry is, by its offset there."""
    section = elf.find_section(".resource_table")
    at, size = elf.section(section, "offset"), elf.section(section, "size")
    count = struct.unpack_from("<I", elf.data, at + 4)[0]
    offsets = struct.unpack_from(f"<{count}I", elf.data, at + 16)
    return at, size, {struct.unpack_from("<I", elf.data, at + o)[0]: at + o for o in offsets}


def give_devmem(system):
    """What were its carve-out is a device, by the fields that both have."""
    elf = Elf(system.images["b"].data)
    _, _, entries = table_of(elf)
    struct.pack_into("<I", elf.data, entries[CARVEOUT], DEVMEM)
    system.images["b"].data = elf.bytes()


def make_table_long(system):
    """Longer than what the driver maps; what is behind its entries is nothing to anybody."""
    elf = Elf(system.images["b"].data)
    section = elf.find_section(".resource_table")
    [load] = [n for n in elf.loads() if elf.segment(n, "offset") == elf.section(section, "offset")]
    elf.segment(load, "memsz", 0x404)
    elf.segment(load, "filesz", 0x404)
    elf.segment(load, "offset", len(elf.data))
    elf.data += elf.data[elf.section(section, "offset"):][:0x404].ljust(0x404, b"\0")
    elf.section(section, "offset", elf.segment(load, "offset"))
    elf.section(section, "size", 0x404)
    system.images["b"].data = elf.bytes()


def link(**change):
    return lambda system: system.links["linux-b"].update(change)


def no_registers(system):
    del system.links["linux-b"]["registers"]


def library(**change):
    """The demo's peer: one that does all that a link of ours can be."""
    def with_image(system):
        system.images["b"].data = (BUILD / "virt/images/echo-b.elf").read_bytes()
        link(**change)(system)
    return with_image


def test_good(system, tmp_path):
    on_virt("check", system.write())


@pytest.mark.parametrize("change, error, said", [
    (link(method="handshake"), "TABLE_NO_LINK", "linux-b"),
    (library(method="handshake"), "LINK_LIMITS", "stm32_rproc does not do another way than preset"),
    (library(roles=["remote", "master"], table="b"), "LINK_LIMITS", "role of Linux than master"),
    (library(), "LINK_LIMITS", "a table above 1024 bytes"),
    (link(registers=(registers("b"), 0x2000)), "LINK_LIMITS", "no page of 0x1000"),
    (link(registers=(registers("b") + 0x800, 0x1000)), "LINK_LIMITS", "no page of 0x1000"),
    (link(doorbells=[SPI, SPIS["b"], 0, 0]), "LINK_LIMITS", "doorbells but <3 SPI> for Linux, and <0 0>"),
    (link(doorbells=[IPCC, SPIS["b"], SGI, 8]), "LINK_LIMITS", "doorbells but <3 SPI> for Linux, and <0 0>"),
    (link(doorbells=[IPCC, SPIS["b"], IPCC, 0]), "LINK_DOORBELL", "b on core 2 can't hear <3 0>"),
    (link(doorbells=[IPCC, 254, 0, 0]), "LINK_DOORBELL", "linux on core 0 can't hear <3 254>"),
    (no_registers, "LINK_DOORBELL", "linux on core 0 can't hear"),
    (link(doorbells=[IPCC, SPIS["c"] - 2, 0, 0]), "LINK_DOORBELL", "is a doorbell of linux-c"),
    (link(doorbells=[IPCC, 6, 0, 0]), "LINK_DOORBELL", "linux-b: its SPI 7 is of /pl061@9030000"),
    (link(registers=(MAP["TRACE_B_BASE"], 0x1000)), "OVERLAP", "linux-b registers 0x5d004000"),
    (link(registers=(MAP["TABLE_B_BASE"], 0x1000)), "OVERLAP", "linux-b registers 0x5d000000"),
    (link(registers=(MAP["RAM_BASE"] + MAP["RAM_SIZE"], 0x1000)), "OUTSIDE_RAM", "linux-b registers 0x60000000"),
    (link(vdev=1), "TABLE_NO_VDEV", "vdev"),
    (give_devmem, "LINK_LIMITS", "does not do a DEVMEM entry"),
    (make_table_long, "LINK_LIMITS", "a table above 1024 bytes")])
def test_refused(system, change, error, said):
    change(system)
    done = on_virt("check", system.write(), status=REFUSED)
    assert f"error {error} " in done.stderr and said in done.stderr, done.stderr


def test_the_firmware_with_two_vdevs_is_refused(system):
    """The driver has a mailbox for one; and nothing for its devices."""
    system.images["b"].data = (BUILD / "virt/images/classic.stripped.elf").read_bytes()
    assert "more than vdev 0" in on_virt("check", system.write(), status=REFUSED).stderr


def test_what_lies_within_the_tables_kilobyte(system):
    """Detaching puts back what was there: nobody else's data, and no image's."""
    elf = Elf(system.images["c"].data)
    last = elf.loads()[-1]  # its trace
    elf.segment(last, "paddr", MAP["TABLE_C_BASE"] + 0x200)
    elf.segment(last, "vaddr", MAP["TABLE_C_BASE"] + 0x200)
    system.images["c"].data = elf.bytes()
    said = on_virt("check", system.write(), status=REFUSED).stderr
    assert "OVERLAP" in said and "linux-c rest of the table's 1 KiB" in said


def test_without_the_feature(system):
    said = on_virt("check", "--without", "stm32", system.write(), status=REFUSED).stderr
    assert "MANIFEST_BROKEN" in said and "registers" in said


def test_not_on_a_board_that_lacks_it(system):
    said = on_virt("check", "--without", "stm32", "--without", "explain", system.write(), status=REFUSED).stderr
    assert "MANIFEST_BROKEN" in said


def test_plan_and_map(system):
    fit = system.write()
    lines = on_virt("plan", fit).stdout
    assert "linux-b registers" in lines and "IPCC 100" in lines
    plan = json.loads(on_virt("plan", "--json", fit).stdout)
    [b] = [one for one in plan["links"] if one["name"] == "linux-b"]
    assert [end["doorbell"]["type"] for end in b["ends"]] == ["IPCC", "none"]
    assert "linux-b registers" in on_virt("map", fit).stdout


def cells(fdt, node, name):
    value = bytes(fdt.getprop(node, name))
    return list(struct.unpack(f">{len(value) // 4}I", value))


def test_tree(system, tmp_path):
    """What the drivers read, by the properties that they ask for."""
    out = tmp_path / "linux.dtb"
    on_virt("check", "--linux-fdt", out, system.write())
    fdt = libfdt.Fdt(out.read_bytes())
    for peer, spi in SPIS.items():
        bus = fdt.path_offset(f"/link-{peer}/bus")
        assert cells(fdt, bus, "dma-ranges") == [0, 0, 0xfffff000]
        mailbox, reset, clock, m4 = (fdt.subnode_offset(bus, name) for name in
                                     ("mailbox", "reset", f"{peer}-clock", peer))
        assert cells(fdt, mailbox, "reg") == [registers(peer) + 0x400, 0x400]
        assert cells(fdt, mailbox, "interrupts") == [0, spi, 1, 0, spi + 1, 1]
        assert cells(fdt, mailbox, "clocks") == [fdt.get_phandle(clock)]
        assert cells(fdt, m4, "interrupts") == [0, spi + 2, 1]
        assert cells(fdt, m4, "resets") == [fdt.get_phandle(reset), 0]
        mbox = fdt.get_phandle(mailbox)
        assert cells(fdt, m4, "mboxes") == [mbox, 0, mbox, 1]
        regions = [fdt.get_name(fdt.node_offset_by_phandle(handle)).split("@")[0]
                   for handle in cells(fdt, m4, "memory-region")]
        assert regions == ["vdev0buffer", "vdev0vring0", "vdev0vring1"]
    handles = [fdt.get_phandle(node) for node in nodes(fdt) if fdt.get_phandle(node)]
    assert len(handles) == len(set(handles))


def nodes(fdt):
    node, depth = 0, 0
    while node >= 0 and depth >= 0:
        yield node
        node, depth = fdt.next_node(node, depth, (libfdt.BADOFFSET, libfdt.NOTFOUND))


def test_a_failed_peer_has_no_devices(system, tmp_path):
    system.contexts["c"]["optional"] = True
    system.images["c"].data = b"no program"
    out = tmp_path / "linux.dtb"
    on_virt("check", "--linux-fdt", out, system.write())
    fdt = libfdt.Fdt(out.read_bytes())
    node = fdt.path_offset("/link-c")
    assert fdt.getprop(node, "status").as_str() == "fail"
    assert fdt.subnode_offset(node, "bus", (libfdt.NOTFOUND,)) == -libfdt.NOTFOUND


def test_made_again_from_its_own_tree(system, tmp_path):
    """Links of an earlier boot have no interrupts, and go with all that is in them."""
    first, second = tmp_path / "first.dtb", tmp_path / "second.dtb"
    on_virt("check", "--linux-fdt", first, system.write())
    system.images["fdt"] = Image(first.read_bytes(), type="flat_dt")
    system.contexts["linux"]["fdt"] = "fdt"
    on_virt("check", "--linux-fdt", second, system.write())
    assert first.read_bytes() == second.read_bytes()


@pytest.fixture
def loaded(system):
    """The same where there is a monitor, and Linux controls both peers."""
    system.contexts["linux"]["controls"] = ["b", "c"]
    return system


def on_secure(command, *arguments, **options):
    return peerboot(command, "--board=virt-secure", f"--fdt={TREE}", *arguments, **options)


def names_of(fdt, handles):
    return [fdt.get_name(fdt.node_offset_by_phandle(handle)).split("@")[0] for handle in handles]


def test_where_linux_loads_to(loaded, tmp_path):
    """All of a peer's memory but the registers' page; the carve-out by its name; the register by its address."""
    out = tmp_path / "linux.dtb"
    on_secure("check", "--linux-fdt", out, loaded.write())
    fdt = libfdt.Fdt(out.read_bytes())
    for peer in SPIS:
        bus = fdt.path_offset(f"/link-{peer}/bus")
        reset, m4 = (fdt.subnode_offset(bus, name) for name in ("reset", peer))
        assert cells(fdt, m4, "st,syscfg-holdboot") == [fdt.get_phandle(reset), registers(peer) + 4, 1]
        regions = cells(fdt, m4, "memory-region")
        assert names_of(fdt, regions) == \
            ["vdev0buffer", "vdev0vring0", "vdev0vring1", "rsc-table", "classic-heap", peer, peer, peer]
        reserved = [cells(fdt, fdt.node_offset_by_phandle(handle), "reg") for handle in regions]
        sizes = {reg[1]: reg[3] for reg in reserved}
        table = MAP[f"TABLE_{peer.upper()}_BASE"]
        assert sizes[MAP[f"PEER_{peer.upper()}_BASE"]] == MAP[f"PEER_{peer.upper()}_SIZE"]
        assert sum(size for base, size in sizes.items() if table <= base < table + 0x20000) == 0x20000 - 0x1000
        assert registers(peer) not in sizes
    assert fdt.path_offset("/peerboot-monitor", (libfdt.NOTFOUND,)) == -libfdt.NOTFOUND


def test_linux_controls_one_by_each(loaded, tmp_path):
    """b by our module's calls, with a link of ours; c by the kernel's own driver."""
    loaded.images["b"].data = (BUILD / "virt/images/echo-b.elf").read_bytes()
    del loaded.links["linux-b"]["registers"]
    loaded.links["linux-b"]["doorbells"] = [SPI, SPIS["b"], SGI, 8]
    out = tmp_path / "linux.dtb"
    on_secure("check", "--linux-fdt", out, loaded.write())
    fdt = libfdt.Fdt(out.read_bytes())
    assert fdt.path_offset("/peerboot-monitor/b@1")
    assert fdt.path_offset("/peerboot-monitor/c@2", (libfdt.NOTFOUND,)) == -libfdt.NOTFOUND


def test_what_linux_does_not_control_it_attaches_to(system, tmp_path):
    out = tmp_path / "linux.dtb"
    on_secure("check", "--linux-fdt", out, system.write())
    fdt = libfdt.Fdt(out.read_bytes())
    m4 = fdt.path_offset("/link-c/bus/c")
    assert cells(fdt, m4, "st,syscfg-holdboot")[1:] == [4, 1]
    assert len(cells(fdt, m4, "memory-region")) == 3


def secure(system):
    system.contexts["c"]["secure"] = True


def without_memory(system):
    del system.contexts["c"]["memory"]


def another_entry(system):
    elf = Elf(system.images["c"].data)
    elf.header("entry", elf.header("entry") + 0x20)
    system.images["c"].data = elf.bytes()


def thumb_entry(system):
    elf = Elf(system.images["c"].data)
    elf.header("entry", elf.header("entry") + 1)
    system.images["c"].data = elf.bytes()


def other_memory_first(system):
    memory = system.contexts["c"]["memory"]
    system.contexts["c"]["memory"] = (*memory[2:], *memory[:2])


@pytest.mark.parametrize("change, said", [
    (secure, "loading of a Secure context"),
    (without_memory, "loading without memory"),
    (another_entry, "an entry but the start of memory"),
    (thumb_entry, "an entry but the start of memory"),
    (other_memory_first, "an entry but the start of memory")])
def test_what_it_does_not_load(loaded, change, said):
    change(loaded)
    refused = on_secure("check", loaded.write(), status=REFUSED).stderr
    assert "error LINK_LIMITS " in refused and f"stm32_rproc does not do {said}" in refused, refused


@pytest.mark.parametrize("change", [secure, without_memory, another_entry, thumb_entry, other_memory_first])
def test_but_attaches_to(loaded, change):
    del loaded.contexts["linux"]["controls"]
    change(loaded)
    on_secure("check", loaded.write())
