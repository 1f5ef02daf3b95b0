# SPDX-License-Identifier: BSD-2-Clause
"""What peerboot check alone looks for: a plan that holds, by which Linux then fails, or a context."""
import struct

import pytest

from host_command import BUILD, OK, REFUSED, peerboot
from board import MAP
from firmware import Elf
from its import Image, compile_tree
from system import System, linked, small
from test_errors import board_tree
from test_host_linux_tree import BUFFERS, GOOD, PEER, PEER_SIZE, check, reserving


def refuses(folder, tree, *words, system=None):
    said = check(folder, tree, system=system, status=REFUSED)
    assert len(said.splitlines()) == 1 and " in plan: " in said, said
    for word in words:
        assert word in said, said


# --- devices in memory of others ---

def device(base, size, compatible, **more):
    return {"compatible": compatible, "reg": (0, base, 0, size), **more}


@pytest.mark.parametrize("base, size, whose", [
    (PEER, 0x1000, "b memory 0"), (PEER - 0x1000, 0x1001, "b memory 0"), (BUFFERS + 0x100, 4, "linux-b memory"),
    (MAP["RECORD_BASE"], 4, "loader boot record"), (PEER - 0x1000, 0x1000, None)])
@pytest.mark.parametrize("where, compatible", [("chosen", "simple-framebuffer"), ("soc", "mmio-sram"), ("soc", "mtd-ram")])
def test_devices_in_memory_of_others(tmp_path, base, size, whose, where, compatible):
    """Linux's driver would draw there, or give it to somebody."""
    tree = board_tree(**{where: {"compatible": "simple-bus", **GOOD, f"ram@{base:x}": device(base, size, compatible)}})
    if whose:
        refuses(tmp_path, tree, f"OVERLAP (-40) in plan: device tree: ram@{base:x} 0x{base:x}..0x{base + size:x}, of "
                f"which Linux has a driver, is over {whose} 0x")
    else:
        check(tmp_path, tree)


def bus(child, window=PEER, **more):
    return {"compatible": "simple-bus", "#address-cells": 1, "#size-cells": 1,
            "ranges": (0x100000, 0, window, 0x10000), "ram@100800": {"reg": (0x100800, 0x100), **child}, **more}


@pytest.mark.parametrize("nodes, refused", [
    (bus({"compatible": "mtd-ram"}), True), (bus({"compatible": "mtd-ram"}, PEER - 0x10000), False),
    (bus({"compatible": "mtd-ram", "status": "disabled"}), False),
    (bus({"compatible": "mtd-ram"}, status="disabled"), False),
    (bus({}), False), (bus({"compatible": "vendor,rproc", "memory-region": 1}), False)])
def test_devices_by_their_bus(tmp_path, nodes, refused):
    """What is behind a bus's window is where Linux finds it; what Linux has no driver for is nowhere."""
    if refused:
        refuses(tmp_path, board_tree(soc=nodes), f"ram@100800 0x{PEER + 0x800:x}..0x{PEER + 0x900:x}, of which")
    else:
        check(tmp_path, board_tree(soc=nodes))


@pytest.mark.parametrize("name, compatible", [("bus@0", "simple-bus"), ("remoteproc@0", "vendor,dsp")])
def test_what_is_no_device_of_linux(tmp_path, name, compatible):
    check(tmp_path, board_tree(**{name: device(PEER, PEER_SIZE, compatible)}))


@pytest.mark.parametrize("child, refused", [({}, False), ({"pool": True}, True), ({"status": "disabled"}, True),
                                            ({"compatible": "arm,scmi-shmem"}, True)])
def test_a_part_of_sram_that_is_set_aside(tmp_path, child, refused):
    base = PEER - 0x100000
    tree = board_tree(sram=device(base, 0x100000 + PEER_SIZE, "mmio-sram", **{
        "#address-cells": 1, "#size-cells": 1, "ranges": (0, 0, base, 0x100000 + PEER_SIZE),
        "cores@100000": {"reg": (0x100000, PEER_SIZE), **child}}))
    if refused:
        refuses(tmp_path, tree, "is over b memory 0")
    else:
        check(tmp_path, tree)


def test_devices_that_a_peer_has(tmp_path):
    system = linked(tmp_path, BUILD)
    system.contexts["b"]["devices"] = "/ram"
    check(tmp_path, board_tree(ram=device(PEER, 0x1000, "mtd-ram")), system=system)


@pytest.mark.parametrize("compatible, refused", [
    ("ramoops", True), ("google,open-dice", True), ("phram", True), ("qcom,smem", False), ("vendor,pool", False)])
def test_regions_that_linux_writes(tmp_path, compatible, refused):
    """Given to a context, and Linux's driver has them all the same: some are for both."""
    system = linked(tmp_path, BUILD)
    system.contexts["b"]["reserved-memory"] = f"log@{PEER + 0x1000:x}"
    tree = reserving(**{f"log@{PEER + 0x1000:x}": device(PEER + 0x1000, 0x1000, compatible, phandle=0x77,
                                                             **{"no-map": True})})
    tree["rproc"] = {"memory-region": 0x77}
    if refused:
        refuses(tmp_path, tree, f"log@{PEER + 0x1000:x}", "is over b memory 0", system=system)
    else:
        check(tmp_path, tree, system=system)


# --- regions without a place ---

RAM_END = MAP["RAM_BASE"] + MAP["RAM_SIZE"]


@pytest.mark.parametrize("size, more, refused", [
    (0x100000, {}, False), (MAP["RAM_SIZE"], {}, True), (MAP["RAM_SIZE"], {"status": "disabled"}, False),
    (0x100000, {"alloc-ranges": (0, PEER, 0, PEER_SIZE)}, True),
    (0x100000, {"alloc-ranges": (0, PEER - 0x100000, 0, PEER_SIZE)}, False),
    (0x100000, {"alloc-ranges": (0, PEER - 0xff000, 0, PEER_SIZE)}, True),
    (0x100000, {"alloc-ranges": (0, PEER, 0, PEER_SIZE, 0, 0x48000000, 0, 0x100000)}, False),
    (0x100000, {"alloc-ranges": (0, 0x48001000, 0, 0x1ff000)}, False),
    # Nor would there be any without contexts: Linux boots without today.
    (MAP["RAM_SIZE"] + 0x1000, {}, False), (0x100000, {"alloc-ranges": (0, RAM_END, 0, 0x100000)}, False),
    (0x200000, {"alloc-ranges": (0, PEER + 0x1000, 0, 0x2ff000), "alignment": (0, 0x200000)}, False)])
def test_room_for_regions_without_a_place(tmp_path, size, more, refused):
    """Linux would go on without, and who refers to it fails."""
    tree = reserving(vpu={"size": (0, size), **more})
    if refused:
        refuses(tmp_path, tree, f"OVERLAP (-40) in plan: device tree: vpu: contexts leave no room for its 0x{size:x} bytes")
    else:
        check(tmp_path, tree)


# --- how cores are started ---

def psci(method="hvc", **more):
    return board_tree(psci={"compatible": ("arm,psci-1.0", "arm,psci-0.2"), "method": method, **more})


def with_method(method, tree):
    """Of cores that do not say it, and say it."""
    for core in [node for name, node in tree["cpus"].items() if name.startswith("cpu@")]:
        core["enable-method"] = method
    return tree


@pytest.mark.parametrize("cores", [1, 2])
@pytest.mark.parametrize("own, said", [
    (psci(), None), (psci("smc"), "psci: method smc, the board's tree has hvc"),
    (psci(status="disabled"), "no psci that is available"), (board_tree(), "no psci that is available"),
    (with_method("vendor,own", board_tree()), None)])
def test_psci_of_another_board(tmp_path, own, said, cores):
    """As in the tree that comes with the boot image; one core needs none."""
    system = linked(tmp_path, BUILD)
    system.images["fdt"] = Image(compile_tree(tmp_path, "own", own), type="flat_dt")
    system.contexts["linux"].update(fdt="fdt", cpus=(1 << cores) - 1)
    if said and (cores > 1 or "method" in said):
        refuses(tmp_path, psci(), f"FDT_BROKEN (-61) in plan: device tree: {said}", system=system)
    else:
        check(tmp_path, psci(), system=system)
    check(tmp_path, board_tree(), system=system)  # a board that has none


def arm64_image():
    """As the header has it: text_offset 0, 64 KiB, little-endian."""
    return struct.pack("<2I6QI4x", 0x14000010, 0, 0, 0x10000, 2, 0, 0, 0, 0x644d5241) + bytes(0x1000)


def tree_of_64(method, conduit="hvc", **more):
    """Core 0 need not say how it is started: it runs."""
    cores = {f"cpu@{n}": {"device_type": "cpu", "compatible": "arm,cortex-a53", "reg": n,
                          **({"enable-method": method} if n and method else {})} for n in range(4)}
    return psci(conduit) | {"cpus": {"#address-cells": 1, "#size-cells": 0, **cores}} | more


@pytest.mark.parametrize("own, said", [
    (tree_of_64("psci"), None), (tree_of_64("spin-table"), None),
    (tree_of_64(None), "cpu@1: enable-method none, Linux can't start it (psci)"),
    (tree_of_64("vendor,own"), "cpu@1: enable-method vendor,own, Linux can't start it (psci)"),
    (tree_of_64("psci", "smc"), "psci: method smc, the board's tree has hvc"),
    (tree_of_64("psci", psci={"compatible": "arm,psci-1.0", "method": "hvc", "status": "disabled"}), "no psci that is available")])
@pytest.mark.parametrize("cores", [1, 3])
def test_how_64_bit_cores_are_started(tmp_path, own, said, cores):
    system = System(tmp_path)
    system.images["kernel"] = Image(arm64_image(), type="kernel", load=0x48000000, entry=0x48000000, more={"arch": "arm64"})
    system.images["fdt"] = Image(compile_tree(tmp_path, "own", own), type="flat_dt")
    system.contexts["linux"] = {"cpus": cores, "memory": (MAP["RAM_BASE"], MAP["RAM_SIZE"]), "kernel": "kernel", "fdt": "fdt"}
    fdt = tmp_path / "board.dtb"
    fdt.write_bytes(compile_tree(tmp_path, "board", tree_of_64("psci")))
    refused = said and (cores > 1 or "method smc" in said)
    done = peerboot("check", "--board=virt64", f"--fdt={fdt}", system.write(), status=REFUSED if refused else OK)
    assert not refused or f"FDT_BROKEN (-61) in plan: device tree: {said}" in done.stderr


# --- Linux's console ---

UARTS = {f"uart@{base:x}": device(base, 0x1000, ["arm,pl011", "arm,primecell"]) for base in (0x9000000, 0x9040000)}


def uarts(aliases=2, **chosen):
    return board_tree(soc={"compatible": "simple-bus", **GOOD, **UARTS}, chosen=chosen,
                      aliases={f"serial{n}": f"/soc/{name}" for n, name in enumerate([*UARTS][:aliases])})


@pytest.mark.parametrize("bootargs, refused", [
    ("earlycon=pl011,0x9000000", True), ("earlycon=pl011,mmio32,0x9000000,115200 console=tty0", True),
    ("console=pl011,mmio,0x9000000", True), ("quiet console=pl011,mmio32be,0x9000ffc console=ttyAMA1", True),
    ("earlycon=pl011,0x9040000", False), ("earlycon=pl011,mmio32,0x9001000", False), ("earlycon=pl011", False),
    ("earlycon=uart,io,0x9000000", False), ("xearlycon=pl011,0x9000000", False), ("quiet", False),
    ("console=ttyAMA0", True), ("console=tty0 console=ttyAMA0,115200", False), ("console=ttyAMA1", False),
    ("console=ttyAMA", False), ("console=ttymxc0", False), ("console=ttyS0,115200", False), ("console=", False)])
def test_consoles_that_a_peer_has(tmp_path, bootargs, refused):
    """Linux would write to its registers, or have none."""
    system = linked(tmp_path, BUILD)
    system.contexts["b"]["devices"] = "/soc/uart@9000000"
    system.contexts["linux"]["bootargs"] = bootargs
    if refused:
        [word] = [w for w in bootargs.split() if "9000" in w or "AMA0" in w]
        refuses(tmp_path, uarts(), f"MANIFEST_BROKEN (-30) in plan: b: device /soc/uart@9000000 is Linux's console ({word[:31]})",
                system=system)
    else:
        check(tmp_path, uarts(), system=system)


@pytest.mark.parametrize("bootargs, refused", [("earlycon console=ttyAMA1", True), ("earlyconx console=tty0", False),
                                               ("console=ttyAMA1 -- earlycon", False)])
def test_earlycon_by_stdout_path(tmp_path, bootargs, refused):
    """That the device is disabled, it does not ask; nor is another console one for it."""
    system = linked(tmp_path, BUILD)
    system.contexts["b"]["devices"] = "/soc"
    system.contexts["linux"]["bootargs"] = bootargs
    tree = uarts(**{"stdout-path": "serial0:115200"})
    if refused:
        refuses(tmp_path, tree, "b: device /soc is Linux's console (stdout-path)", system=system)
    else:
        system.contexts["b"]["devices"] = "/soc/uart@9000000"
        check(tmp_path, tree, system=system)


def test_a_console_of_no_alias(tmp_path):
    """The other one may become ttyAMA0 then."""
    system = linked(tmp_path, BUILD)
    system.contexts["b"]["devices"] = "/soc/uart@9000000"
    system.contexts["linux"]["bootargs"] = "console=ttyAMA0"
    check(tmp_path, uarts(aliases=1), system=system)


# --- memory that the command line names ---

@pytest.mark.parametrize("bootargs, word", [
    ("ramoops.mem_address=0x5c000000 ramoops.mem_size=0x1000", "ramoops.mem_address="),
    ("ramoops.mem_size=0x10000 quiet ramoops.mem_address=0x5bff8000", "ramoops.mem_address="),
    ("ramoops.mem_size=0x8000 ramoops.mem_address=0x5bff8000", None), ("ramoops.mem_address=0x5c000000", None),
    ("phram.phram=log,0x5c000000,64Ki", "phram.phram="), ("phram.phram=log,1472Mi,0x1000,0x1000", "phram.phram="),
    ("phram=log,0x5bff0000,64Ki", None), ("phram=log,0x5bff0000,65Ki", "phram="), ("phram=log", None),
    ("slram=log,0x5bf00000,+1M", None), ("slram=log,0x5bf00000,0x5c000400", "slram="),
    ("slram=log,0x5bf00000,0x5c000000", None), ("slram=log,0x5bf00000,+2M", "slram="), ("-- slram=log,0x5bf00000,+2M", None)])
def test_memory_that_boot_arguments_give_away(tmp_path, bootargs, word):
    system = linked(tmp_path, BUILD)
    system.contexts["linux"]["bootargs"] = bootargs
    if word:
        refuses(tmp_path, board_tree(), f"MANIFEST_BROKEN (-30) in plan: manifest: bootargs with {word}, where b@5c000000 is",
                system=system)
    else:
        check(tmp_path, board_tree(), system=system)


# --- where the ramdisk lies ---

KERNEL = (BUILD / "linux/zImage").read_bytes()
CPIO = b"070701" + bytes(200)
WHERE = {"load": MAP["KERNEL_BASE"], "entry": MAP["KERNEL_BASE"]}


def with_ramdisk(folder, load, bootargs="quiet"):
    system = small(folder)
    system.images["kernel"] = Image(KERNEL, type="kernel", **WHERE)
    system.images["ramdisk"] = Image(CPIO, type="ramdisk", load=load)
    system.contexts["linux"].update(ramdisk="ramdisk", bootargs=bootargs)
    return system


@pytest.mark.parametrize("vmalloc, end", [
    ("vmalloc=768M", 0x4f000000), ("vmalloc=0x30000000", 0x4f000000), ("vmalloc=700M vmalloc=768M quiet", 0x4f000000),
    ("vmalloc=4095M", 0x42000000)])
def test_ramdisk_above_lowmem(tmp_path, vmalloc, end):
    """Of 32 bits: Linux dies before it has a console."""
    for load, ok in ((end - len(CPIO), end > 0x45000000), (end - len(CPIO) + 2, False)):
        load = max(load, 0x45000000)
        system = with_ramdisk(tmp_path, load, vmalloc)
        if ok:
            check(tmp_path, board_tree(), system=system)
        else:
            refuses(tmp_path, board_tree(), f"OUTSIDE_MEMORY (-42) in plan: image ramdisk: ends at 0x{load + len(CPIO):x}, "
                    f"lowmem at 0x{end:x}", "CONFIG_VMSPLIT_3G", system=system)


@pytest.mark.parametrize("load, bootargs, end", [
    (0x40000000, "quiet", 0x40000000), (0x3ffff000, "quiet", None), (0x40000000, "vmalloc=200M", None),
    (0x40000000, "xvmalloc=200M", 0x40000000), (0x4dfff000, "vmalloc=1M", None), (0x4e000000, "vmalloc=1M", 0x4e000000),
    (0x40000000, "vmalloc=", 0x4e000000)])
def test_lowmem_of_a_board_with_more(tmp_path, load, bootargs, end):
    """768 MiB, if nothing is said, from where RAM begins."""
    system = System(tmp_path)
    system.images["kernel"] = Image(KERNEL, type="kernel", load=0x12000000, entry=0x12000000)
    system.images["ramdisk"] = Image(CPIO, type="ramdisk", load=load)
    tree = {"#address-cells": 1, "#size-cells": 1, "compatible": "fsl,imx6q",
            "cpus": {"#address-cells": 1, "#size-cells": 0,
                     "cpu@0": {"device_type": "cpu", "compatible": "arm,cortex-a9", "reg": 0}},
            "memory@10000000": {"device_type": "memory", "reg": (0x10000000, 0x40000000)}}
    system.images["fdt"] = Image(compile_tree(tmp_path, "own", tree), type="flat_dt")
    system.contexts["linux"] = {"cpus": 1, "memory": (0x10000000, 0x40000000), "kernel": "kernel", "ramdisk": "ramdisk",
                                "fdt": "fdt", "bootargs": bootargs}
    refused = end is not None and load >= end
    done = peerboot("check", "--board=sabrelite", system.write(), status=REFUSED if refused else OK)
    assert not refused or f"lowmem at 0x{end:x}" in done.stderr


def test_ramdisk_of_a_page_of_the_tree(tmp_path):
    """Linux keeps whole pages of it, and takes none that is somebody's already."""
    tree = board_tree(big={"data": bytes(0x1000)})
    for load, refused in ((MAP["FDT_BASE"] + 0x4800, True), (MAP["FDT_BASE"] - len(CPIO) - 2, False),
                          (MAP["FDT_BASE"] + 0x5000, False)):
        system = with_ramdisk(tmp_path, load)
        if refused:
            refuses(tmp_path, tree, "OVERLAP (-40) in plan: image ramdisk: ", "has a page in common with Linux's device tree",
                    system=system)
        else:
            check(tmp_path, tree, system=system)


# --- what it is ---

@pytest.mark.parametrize("zeros, ok", [(1, False), (2, False), (3, False), (4, True), (508, True), (510, False), (512, True),
                                       (513, False), (0x8000, True)])
def test_zeros_in_front_of_a_cpio(tmp_path, zeros, ok):
    """Linux steps over them, but looks for "0" at multiples of 4."""
    system = with_ramdisk(tmp_path, 0x48000000)
    system.images["ramdisk"].data = bytes(zeros) + CPIO
    if ok:
        check(tmp_path, board_tree(), system=system)
    else:
        refuses(tmp_path, board_tree(), f"IMAGE_FORMAT (-11) in plan: image ramdisk: cpio behind {zeros} zeros", system=system)


@pytest.mark.parametrize("data, ok", [
    (b"\x1f\x8b\x08" + bytes(40), True), (b"\xfd7zXZ\0\0\1" + bytes(40), True), (b"\xfd7zXZ\0\0\4" + bytes(40), False),
    (b"070703" + bytes(40), False), (b"\x13\x37" + bytes(40), False), (b"text", False)],
    ids=["gzip", "xz", "xz of crc64", "cpio", "raw", "text"])
@pytest.mark.parametrize("zeros", [3, 4])
def test_zeros_in_front_of_others(tmp_path, zeros, data, ok):
    system = with_ramdisk(tmp_path, 0x48000000)
    system.images["ramdisk"].data = bytes(zeros) + data
    if ok:
        check(tmp_path, board_tree(), system=system)
    else:
        refuses(tmp_path, board_tree(), "IMAGE_FORMAT (-11) in plan: image ramdisk: ", system=system)


def test_a_zimage_for_a_peer(tmp_path):
    """It would run, without a tree."""
    system = linked(tmp_path, BUILD)
    system.images["b"] = Image(KERNEL, load=0x53000000, entry=0x53000000)
    system.contexts["b"].pop("memory")
    del system.links["linux-b"]
    refuses(tmp_path, board_tree(), "IMAGE_FORMAT (-11) in plan: image b: looks like a Linux zImage", system=system)


@pytest.mark.parametrize("base, size, noted", [
    (0x4a100000, 0x1000, True), (0x4a100000, 0xff000, True), (0x4a100000, 0x100000, False), (0x4a000000, 0x1000, False),
    (0x4a101000, 0x1000, False), (0x4a0ff000, 0x2000, False), (0x4a100000, 0x101000, False)])
@pytest.mark.parametrize("kernel", [True, False])
def test_regions_at_an_odd_mib(tmp_path, base, size, noted, kernel):
    """A kernel without LPAE dies of it; nobody knows which has it. Of raw code nothing is known."""
    system = with_ramdisk(tmp_path, 0x49000000) if kernel else small(tmp_path)
    fdt = tmp_path / "ugly.dtb"
    fdt.write_bytes(compile_tree(tmp_path, "ugly", reserving(**{f"odd@{base:x}": {"reg": (0, base, 0, size), "no-map": True}})))
    said = peerboot("check", "--board=virt", f"--fdt={fdt}", system.write()).stderr
    assert (said.startswith(f"peerboot: note: odd@{base:x} begins at an odd MiB, 0x{base:x}") if noted and kernel else not said)
    peerboot("check", "--strict", "--board=virt", f"--fdt={fdt}", tmp_path / "boot.itb", status=REFUSED if said else OK)


# --- resource tables ---

@pytest.mark.parametrize("vring, ok", [(0x5c180000, False), (0x5c183000, False), (0x5c184000, True), (0x5c17e000, False),
                                       (0x5c17d000, True)])
def test_vring_over_a_trace(tmp_path, vring, ok):
    """Both in the firmware's own memory: what it logs would be taken for descriptors."""
    elf = Elf((BUILD / "virt/images/echo-b.elf").read_bytes())
    system = linked(tmp_path, BUILD)
    n = elf.find_section(".resource_table")
    table = elf.section(n, "offset")
    [trace] = [at for at in range(table, table + elf.section(n, "size"), 4) if elf.data[at + 16:at + 18] == b"b\0"
               and int.from_bytes(elf.data[at:at + 4], "little") == 2][:1]
    elf.data[trace + 4:trace + 8] = (0x5c180000).to_bytes(4, "little")
    [vdev] = [at for at in range(table, table + elf.section(n, "size"), 4)
              if elf.data[at:at + 8] == bytes([3, 0, 0, 0, 7, 0, 0, 0])][:1]
    elf.data[vdev + 28:vdev + 32] = vring.to_bytes(4, "little")
    system.images["b"].data = elf.bytes()
    if ok:
        check(tmp_path, board_tree(), system=system)
    else:
        refuses(tmp_path, board_tree(), f"OVERLAP (-40) in plan: table of b: linux-b vring0 0x{vring:x}..0x{vring + 0x3000:x}"
                " is in trace b 0x5c180000..0x5c184000", system=system)
