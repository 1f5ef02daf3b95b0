# SPDX-License-Identifier: BSD-2-Clause
"""What peerboot check alone looks for: a plan that holds, by which Linux then fails, or a context."""
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
