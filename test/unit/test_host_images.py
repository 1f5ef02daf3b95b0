# SPDX-License-Identifier: BSD-2-Clause
"""What people hand in as images, by peerboot check: which of it boots, and what the others are told."""
import bz2
import gzip
import lzma
import re
import struct
import subprocess

import libfdt
import pytest

from host_command import BUILD, OK, REFUSED, TREE, on_virt, peerboot
from board import MAP, settings
from firmware import PROGRAM_SIZE, Elf, elf64, flat, peer
from its import Image, compile_tree, run
from system import PEER_BASE, linked, small
from test_errors import board_tree

KERNEL = (BUILD / "linux/zImage").read_bytes()
WHERE = {"load": MAP["KERNEL_BASE"], "entry": MAP["KERNEL_BASE"]}


@pytest.fixture
def system(tmp_path):
    return small(tmp_path)


def refused(system, code, *words, stage="plan", flags=()):
    done = on_virt("check", system.write(*flags), status=REFUSED)
    [line] = done.stderr.splitlines()
    assert line.startswith(f"peerboot: error {code} ("), line
    assert f") in {stage}: " in line, line
    for word in words:
        assert word in line, line


def taken(system, *flags):
    """What is loaded where, by name."""
    done = on_virt("check", "-v", system.write(*flags))
    return {m[1]: (int(m[2], 16), int(m[3], 16)) for m in
            re.finditer(r"^load +OK +(\S+ \S+ \d+) +0x(\w+) 0x(\w+)$", done.stdout, re.M)}


def zstd(data):
    return struct.pack("<I", 0xfd2fb528) + data  # the command is not everywhere


OTHERS = {
    "gzip": gzip.compress(KERNEL[:4096]), "xz": lzma.compress(KERNEL[:4096], check=lzma.CHECK_CRC32),
    "lzma": lzma.compress(KERNEL[:4096], format=lzma.FORMAT_ALONE, preset=9),
    "bzip2": bz2.compress(KERNEL[:4096]), "zstd": zstd(KERNEL[:4096]),
    "lz4": struct.pack("<I", 0x184d2204) + bytes(64), "lz4 -l": struct.pack("<I", 0x184c2102) + bytes(64),
    "lzop": b"\x89LZO\0\r\n\x1a\n" + bytes(64), "cpio": b"070701" + bytes(200),
    "squashfs": b"hsqs" + bytes(200), "ext4": bytes(0x438) + b"\x53\xef\1\0" + bytes(200),
    "text": b"setenv bootargs console=ttyAMA0; bootm 0x42000000\n",
    "EFI/PE": b"MZ\x90\0" + bytes(60) + b"PE\0\0" + bytes(200),
    "Android": b"ANDROID!" + bytes(1024), "all zeros": bytes(4096),
    "erased": b"\xff" * 4096,
    "MCUboot": struct.pack("<I", 0x96f3b83d) + bytes(28) + KERNEL[:1024],
    "zip": b"PK\x03\x04" + bytes(200),
    "UF2": struct.pack("<II", 0x0a324655, 0x9e5d5157) + bytes(504), "RPRC": b"RPRC" + bytes(200),
    "i.MX IVT": struct.pack("<II", 0x412000d1, 0x87800000) + bytes(200), "UBI": b"UBI#\1" + bytes(200),
    "old cpio": struct.pack("<2H", 0o70707, 0x801) + bytes(200),
    "cramfs": struct.pack("<2I", 0x28cd3d45, 4096) + bytes(200), "romfs": b"-rom1fs-" + bytes(200),
    "FIP": struct.pack("<2I", 0xaa640001, 0x12345678) + bytes(200), "OP-TEE": b"OPTE\1" + bytes(200),
    "STM32": b"STM2" + bytes(252), "FCFB": b"FCFB" + bytes(200), "AVB": b"AVB0" + bytes(200),
    "sparse": struct.pack("<I", 0xed26ff3a) + bytes(200), "DTBO": struct.pack(">I", 0xd7b7ab1e) + bytes(200),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(200), "qcow2": b"QFI\xfb" + bytes(200), "LUKS": b"LUKS\xba\xbe" + bytes(200),
    "jffs2": struct.pack("<2HI", 0x1985, 0xe001, 60) + bytes(200), "ubifs": struct.pack("<I", 0x06101831) + bytes(200),
    "tar": b"boot/zImage" + bytes(246) + b"ustar\x0000" + bytes(248), "GPT": bytes(510) + b"\x55\xaaEFI PART" + bytes(504),
    "erofs": bytes(1024) + struct.pack("<I", 0xe0f5e1e2) + bytes(200),
    "f2fs": bytes(1024) + struct.pack("<I", 0xf2f52010) + bytes(200), "iso9660": bytes(0x8000) + b"\1CD001\1" + bytes(200),
}
# Not in a board's loader.
CLOSER = ["FIP", "OP-TEE", "STM32", "FCFB", "AVB", "sparse", "DTBO", "7z", "qcow2", "LUKS", "jffs2", "ubifs",
          "tar", "GPT", "erofs", "f2fs", "iso9660"]
NO_RAMDISKS = ["EFI/PE", "Android", "erased", "MCUboot", "zip", "UF2", "RPRC", "i.MX IVT", "UBI",
               "text", "all zeros", "old cpio", "lz4", *CLOSER]


def tree_of(tmp_path):
    return compile_tree(tmp_path, "board", board_tree())


# --- a kernel is one -----------------------------------------------------------------------------

@pytest.mark.parametrize("what", OTHERS)
@pytest.mark.parametrize("type", ["kernel", "standalone"])
def test_kernel_that_is_none(system, what, type):
    system.images["kernel"] = Image(OTHERS[what], type=type, **WHERE)
    refused(system, "IMAGE_FORMAT", "kernel: looks like", what)


def test_kernel_that_is_a_tree(system, tmp_path):
    system.images["kernel"] = Image(tree_of(tmp_path), type="kernel", **WHERE)
    refused(system, "IMAGE_FORMAT", "kernel", "devicetree")


@pytest.mark.parametrize("type", ["kernel", "kernel_noload", None])
def test_raw_kernel(system, type):
    """Nothing says that this is a program."""
    system.images["kernel"].type = type
    refused(system, "IMAGE_FORMAT", "kernel: no zImage", "standalone")


@pytest.mark.parametrize("type", ["standalone", "firmware"])
def test_raw_kernel_that_says_so(system, type):
    system.images["kernel"].type = type
    taken(system)


@pytest.mark.parametrize("code, change, words", [
    ("ELF_MACHINE", lambda elf: elf.header("machine", 243), ["RISC-V"]),
    ("ELF_MACHINE", lambda elf: elf.header("machine", 62), ["x86-64"]),
    ("ELF_TYPE", lambda elf: elf.header("type", 3), ["type 3"]),
    ("ELF_CLASS", lambda elf: elf.header("flags", 0x5800200), ["EF_ARM_BE8 1"]),
])
@pytest.mark.parametrize("what", ["kernel", "p"])
def test_elf_that_is_none_of_ours(system, what, code, change, words):
    elf = Elf(system.images["p"].data)
    change(elf)
    system.images[what] = Image(elf.bytes(), type="kernel")
    refused(system, code, what, *words)


@pytest.mark.parametrize("use, type, word", [
    ("kernel", "ramdisk", "program"), ("kernel", "flat_dt", "program"), ("p", "script", "program"),
    ("p", "multi", "program"), ("p", "filesystem", "program"), ("ramdisk", "kernel", "ramdisk"),
    ("ramdisk", "flat_dt", "ramdisk"), ("ramdisk", "script", "ramdisk"), ("fdt", "kernel", "device tree"),
    ("fdt", "ramdisk", "device tree"),
])
def test_type_of_another_use(system, tmp_path, use, type, word):
    system.images["ramdisk"] = Image(OTHERS["cpio"], type="ramdisk")
    system.images["fdt"] = Image(tree_of(tmp_path), type="flat_dt")
    system.contexts["linux"].update(ramdisk="ramdisk", fdt="fdt")
    taken(system)
    system.images[use].type = type
    refused(system, "IMAGE_FORMAT", f"image {use}", type, word)


@pytest.mark.parametrize("os", ["vxworks", "u-boot", "netbsd"])
def test_kernel_of_another_system(system, os):
    system.images["kernel"] = Image(KERNEL, type="kernel", more={"os": os})
    refused(system, "IMAGE_FORMAT", "kernel", os)


def test_what_is_not_said_refuses_nothing(system):
    for image in system.images.values():
        image.more.update(os=None, arch=None)
    system.images["p"].type = None
    taken(system)


def test_peer_of_any_system(system):
    system.images["p"].more.update(os="openrtos")
    system.images["p"].type = "kernel"
    taken(system)


@pytest.mark.parametrize("what", OTHERS)
def test_peer_that_is_none(system, what):
    """Raw firmware is good; what is surely no program is not."""
    system.images["p"] = Image(OTHERS[what], load=PEER_BASE)
    refused(system, "IMAGE_FORMAT", "p: looks like", what)


def test_peer_that_is_a_fit(system, tmp_path):
    system.images["p"] = Image(system.write().read_bytes(), load=PEER_BASE)
    refused(system, "IMAGE_FORMAT", "p: looks like devicetree")


def test_peer_that_begins_with_zeros(system):
    """Code that was linked behind a gap: these are no-ops."""
    system.images["p"] = Image(bytes(4096) + b"\x13\x37\xff\xff", load=PEER_BASE)
    taken(system)


# --- a ramdisk, a tree, a table are ones -----------------------------------------------------------

@pytest.mark.parametrize("what", [*OTHERS, "zimage", "elf32", "devicetree"])
def test_ramdisk(system, tmp_path, what):
    more = {"zimage": KERNEL, "elf32": system.images["p"].data, "devicetree": tree_of(tmp_path)}
    system.images["ramdisk"] = Image({**OTHERS, **more}[what], type="ramdisk")
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    if what in more or what in NO_RAMDISKS:
        refused(system, "IMAGE_FORMAT", "ramdisk: looks like", what)
    else:
        taken(system)


@pytest.mark.parametrize("data, what", [
    (b"070707" + bytes(200), "old cpio"), (b"070703" + bytes(200), "old cpio"), (b"0707", "old cpio"),
    (b"404: Not Found", "text"), (b"\n", "text"), (b"\x13\x37" * 100, "raw"),
], ids=["odc", "other", "short", "404", "line", "raw"])
def test_ramdisk_that_linux_does_not_find(system, data, what):
    """It would go on without a root."""
    system.images["ramdisk"] = Image(data, type="ramdisk")
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    refused(system, "IMAGE_FORMAT", f"ramdisk: looks like {what}, no ramdisk")


@pytest.mark.parametrize("data", [
    b"070702" + bytes(200), bytes(512) + b"070701" + bytes(200),
    bytes(0x410) + b"\x7f\x13" + bytes(200), bytes(512) + OTHERS["cramfs"],
], ids=["crc", "behind zeros", "minix", "padded cramfs"])
def test_ramdisk_that_linux_finds(system, data):
    system.images["ramdisk"] = Image(data, type="ramdisk")
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    assert taken(system)["linux ramdisk 0"][1] == len(data)


@pytest.mark.parametrize("image", ["kernel", "p"])
@pytest.mark.parametrize("data", [b"404: Not Found", b"{}\n"], ids=["404", "json"])
def test_short_text(system, image, data):
    """What a download has left."""
    system.images[image] = Image(data, type="standalone", load=PEER_BASE)
    refused(system, "IMAGE_FORMAT", f"image {image}: looks like text, no program")


def test_what_a_loader_looks_like_is_looked_at_for_it_too(system):
    system.images["p"] = Image(OTHERS["FIP"], load=PEER_BASE)
    done = on_virt("check", "--loader=virt", system.write(), status=REFUSED)
    assert "image p: looks like FIP" in done.stderr


@pytest.mark.parametrize("image, more", [
    ("kernel", {"type": "Kernel", "arch": "ARM", "os": "Linux", "compression": "None"}),
    ("kernel", {"type": "KERNEL_NOLOAD", "os": "LINUX"}), ("p", {"type": "Standalone", "arch": "Arm"}),
    ("ramdisk", {"type": "RAMDISK", "arch": "ARM", "os": "LINUX", "compression": "GZIP"}),
    ("fdt", {"type": "Flat_DT", "arch": "ARM", "compression": "GZip"}),
])
def test_words_in_capitals(system, tmp_path, image, more):
    """U-Boot does not mind."""
    system.images["ramdisk"] = Image(gzip.compress(OTHERS["cpio"]), type="ramdisk")
    tree = tree_of(tmp_path)
    system.images["fdt"] = Image(gzip.compress(tree) if image == "fdt" else tree, type="flat_dt")
    system.contexts["linux"].update(ramdisk="ramdisk", fdt="fdt")
    system.images["kernel"] = Image(KERNEL, type="kernel")
    node = system.images[image]
    node.type, node.compression = more.pop("type"), more.pop("compression", node.compression)
    node.more.update(more)
    taken(system)


@pytest.mark.parametrize("image, more, code, words", [
    ("kernel", {"os": "VxWorks"}, "IMAGE_FORMAT", "of os VxWorks"), ("p", {"arch": "ARM64"}, "CORE_WIDTH", "64"),
    ("p", {"arch": "arm-64"}, "CORE_WIDTH", "arm-64"), ("p", {"arch": "ar"}, "CORE_WIDTH", "ar"),
    ("p", {"arch": "armv"}, "CORE_WIDTH", "armv"), ("p", {"arch": "arL"}, "CORE_WIDTH", "arL"),
])
def test_other_words_in_capitals(system, tmp_path, image, more, code, words):
    if image == "p":
        system.images["p"] = Image(flat(peer(PEER_BASE, thumb=False)), load=PEER_BASE)
    system.images["kernel"] = Image(KERNEL, type="kernel")
    taken(system)
    system.images[image].more.update(more)
    refused(system, code, image, words)


def test_ramdisk_that_linux_unpacks(system):
    """As U-Boot does: whatever its compression says, if this loader does not know it."""
    system.images["ramdisk"] = Image(OTHERS["xz"], type="ramdisk", compression="xz")
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    assert taken(system)["linux ramdisk 0"][1] == len(OTHERS["xz"])


@pytest.mark.parametrize("compression", ["lz4", "none"])
def test_ramdisk_in_lz4s_frames(system, compression):
    """Linux has no decoder for them: who unpacks it is the loader, or nobody."""
    data = bytes.fromhex("04224d18604082060000806270617261") + bytes(40)
    system.images["ramdisk"] = Image(data, type="ramdisk", compression=compression)
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    done = on_virt("check", "--loader=virt", system.write(), status=REFUSED)
    assert "IMAGE_FORMAT (-11) in plan: image ramdisk: looks like lz4, no ramdisk: Linux unpacks what lz4 -l makes" \
        in done.stderr


@pytest.mark.parametrize("check, ok", [(lzma.CHECK_NONE, True), (lzma.CHECK_CRC32, True), (lzma.CHECK_CRC64, False),
                                       (lzma.CHECK_SHA256, False)])
def test_checks_of_xz(system, check, ok):
    """The default of the command is none that Linux knows."""
    system.images["ramdisk"] = Image(lzma.compress(OTHERS["cpio"], check=check), type="ramdisk")
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    if ok:
        taken(system)
    else:
        refused(system, "IMAGE_FORMAT", "ramdisk: xz with a check that Linux does not know: --check=crc32")


@pytest.mark.parametrize("what", ["gzip", "text", "cpio"])
def test_tree_that_is_none(system, what):
    system.images["fdt"] = Image(OTHERS[what], type="flat_dt")
    system.contexts["linux"]["fdt"] = "fdt"
    refused(system, "FDT_BROKEN", "image fdt: no device tree", what)


@pytest.mark.parametrize("code, data", [("IMAGE_FORMAT", OTHERS["gzip"]), ("TABLE_MISSING", KERNEL)],
                         ids=["gzip", "zImage"])
def test_table_image_that_is_none(system, code, data):
    system.images["t"] = Image(data, load=0x48100000)
    system.contexts["linux"]["table-image"] = "t"
    refused(system, code, "t")


# --- for this processor ----------------------------------------------------------------------------

@pytest.mark.parametrize("arch", ["arm64", "ppc", "x86", "riscv"])
@pytest.mark.parametrize("image", ["kernel", "p"])
def test_other_processor(system, tmp_path, image, arch):
    system.images["p"] = Image(flat(peer(PEER_BASE, thumb=False)), load=PEER_BASE)
    taken(system)
    system.images[image].more["arch"] = arch
    refused(system, "CORE_WIDTH", image, arch, "32-bit")


def test_cipher(system):
    system.images["p"].more["cipher"] = {"algo": "aes256", "key-name-hint": "key"}
    fit = system.images["p"]
    fit.more["cipher"]["iv"] = 1
    path = system.write()
    done = on_virt("check", path, status=REFUSED)
    assert "IMAGE_FORMAT (-11) in plan: image p: encrypted" in done.stderr and "cipher" in done.stderr


def vectors(*words):
    """What a Cortex-M reads at reset, and code."""
    return struct.pack("<16I", *words, *[words[-1]] * (16 - len(words))) + b"\xfe\xe7" * 64


M_VECTORS = [0x20010000, PEER_BASE + 0x41, PEER_BASE + 0x43, PEER_BASE + 0x45]


@pytest.mark.parametrize("elf", [False, True])
def test_firmware_of_m_profile(system, tmp_path, elf):
    """Its stack's top would be the first instruction, or its reset vector the entry."""
    data = vectors(*M_VECTORS)
    if elf:
        e = Elf(system.images["p"].data)
        at = e.segment(e.loads()[0], "offset")
        e.data[at:at + len(data)] = data
        system.images["p"].data = e.bytes()
    else:
        system.images["p"] = Image(data, load=PEER_BASE, entry=PEER_BASE + 0x41)
    refused(system, "CORE_WIDTH", "p: ", "it begins with vectors of M-profile")


TCM_VECTORS = [0x20010000, *[0x1ffe0041 + 2 * n for n in range(6)], 0, 0, 0, 0, *[0x1ffe0041] * 5]


@pytest.mark.parametrize("at, word, ok", [
    (0, 0x20008000, False), (0, 0x1fff8000, False), (4, 0, False), (13, 0x1ffe0051, False), (8, 0xe1a00000, True),
    (1, 0x1ffe0040, True), (2, 0x2ffe0041, True), (11, 0, True), (0, 0xea000001, True), (3, 0xe3a01001, True)])
def test_firmware_for_a_tcm(system, at, word, ok):
    """It was linked for where its own core has it."""
    system.images["p"] = Image(vectors(*TCM_VECTORS[:at], word, *TCM_VECTORS[at + 1:]), load=PEER_BASE)
    if ok:
        taken(system)
    else:
        refused(system, "CORE_WIDTH", "p: raw p is not for cores of virt: it begins with vectors of M-profile")


def with_attributes(elf, attributes):
    """As a compiler leaves them, in the only section that there is."""
    public = b"aeabi\0" + b"\1" + struct.pack("<I", 5 + len(attributes)) + attributes
    data = b"A" + struct.pack("<I", 10) + b"other\0" + struct.pack("<I", 4 + len(public)) + public
    e = Elf(elf + data + bytes(40) + struct.pack("<10I", 0, 0x70000003, 0, 0, len(elf), len(data), 0, 0, 1, 0))
    e.header("shoff", len(elf) + len(data))
    e.header("shnum", 2)
    e.header("shstrndx", 0)
    return e


@pytest.mark.parametrize("attributes, wrong", [
    (b"\x05Cortex-M4\0\6\x0d\7M\x09\2", True), (b"\x05Cortex-A7\0\6\x0a\7A", False), (b"\x05Cortex-R5\0\7R", False),
    (b"\x05\7M\0\6\x0d", False), (b"\x20\1\7M\0\6\1", False), (b"\x43" + b"2.09\0\x44\x81\1\7M", True), (b"", False),
    (b"\7", False), (b"\x85", False), (b"\5abc", False)],
    ids=["M", "A", "R", "name", "compatibility", "conformance", "none", "cut off", "cut off tag", "cut off name"])
def test_profile_that_an_elf_says(system, attributes, wrong):
    """By Tag_CPU_arch_profile alone."""
    system.images["p"].data = with_attributes(system.images["p"].data, attributes).bytes()
    if wrong:
        refused(system, "CORE_WIDTH", "p: elf32 p is not for cores of virt: its attributes are those of M-profile")
    else:
        taken(system)


def test_attributes_that_are_broken(system):
    """Nobody reads past their end; the sanitizers look on."""
    data = system.images["p"].data
    for at in [*range(1, 5), *range(11, 15), *range(22, 25)]:
        e = with_attributes(data, b"\5Cortex-A7\0\7A")
        e.data[len(data) + at] ^= 0xff
        system.images["p"].data = e.bytes()
        taken(system)


@pytest.mark.parametrize("at, word", [(0, 0), (0, 0x20010001), (1, PEER_BASE + 0x40), (2, 1), (3, PEER_BASE + 0x100001)])
def test_what_looks_like_vectors(system, at, word):
    system.images["p"] = Image(vectors(*M_VECTORS[:at], word, *M_VECTORS[at + 1:]), load=PEER_BASE, entry=PEER_BASE + 0x41)
    taken(system)


def test_uimage_for_others_than_the_fit_says(system, tmp_path):
    code = flat(peer(PEER_BASE, thumb=False))
    system.images["p"] = Image(uimage(tmp_path, code, "standalone", PEER_BASE, PEER_BASE, arch="arm64"), type="standalone")
    system.images["p"].more["arch"] = "arm"
    refused(system, "CORE_WIDTH", "p: uimage p (arch arm) is not for", "it says 64-bit itself")


@pytest.mark.parametrize("compression, what", [
    ("gzip", "raw"), ("gzip", "xz"), ("gzip", "zimage"), ("lz4", "gzip"), ("lz4", "lz4 -l")])
def test_compression_of_another_name(system, compression, what):
    data = {**OTHERS, "raw": b"\x13\x37" * 100, "zimage": KERNEL[:4096]}[what]
    system.images["p"] = Image(data, load=PEER_BASE, compression=compression)
    refused(system, "COMPRESSED_BROKEN", f"; looks like {what}")
    system.images["p"].data = OTHERS[compression][:-8]
    done = on_virt("check", system.write(), status=REFUSED)
    assert "COMPRESSED_BROKEN" in done.stderr and "looks like" not in done.stderr


@pytest.mark.parametrize("names", [["manifest", "manifest"], ["manifest", "p"]])
def test_two_manifests(system, names):
    """As of `loadables` there may be more, but not of this."""
    system.configuration["manifest"] = names
    refused(system, "FIT_BROKEN", "configuration 'conf' names two manifests", stage="manifest")


@pytest.mark.parametrize("compression", ["lzma", "zstd", "gzipp"])
def test_compression_that_nobody_knows(system, compression):
    system.images["p"].compression = compression
    refused(system, "IMAGE_FORMAT", "image p:", compression)


# --- zImages, and what tools put around images -------------------------------------------------------

def test_tree_behind_a_zimage(system, tmp_path):
    """Linux would take it in place of ours (CONFIG_ARM_APPENDED_DTB)."""
    tree = tree_of(tmp_path)
    system.images["kernel"] = Image(KERNEL + tree, type="kernel")
    refused(system, "ZIMAGE_BROKEN", "kernel", "device tree", f"{len(KERNEL):#x}")
    system.images["kernel"] = Image(uimage(tmp_path, KERNEL + tree + tree, "kernel"), type="kernel")
    system.manifest.data = b""
    refused(system, "ZIMAGE_BROKEN", "kernel", f"{len(KERNEL):#x}")


@pytest.mark.parametrize("behind", [bytes(4096), b"\xff" * 4096, b"\xff" * 8, OTHERS["gzip"],
                                    struct.pack("<2I", 5, 0x54410001)],
                         ids=["zeros", "erased", "short", "gzip", "atags"])
def test_anything_else_behind_a_zimage(system, tmp_path, behind):
    """It is cut off, and nothing of it lies where Linux looks: so much of the tree as well."""
    system.images["kernel"] = Image(KERNEL, type="kernel")
    alone = taken(system)
    for data in (KERNEL + behind, KERNEL + behind + tree_of(tmp_path)):
        system.images["kernel"] = Image(data, type="kernel")
        assert taken(system) == alone


def test_big_endian_zimage(system):
    data = bytearray(KERNEL)
    data[0x30:0x34] = data[0x30:0x34][::-1]
    system.images["kernel"] = Image(bytes(data), type="kernel")
    refused(system, "ZIMAGE_BROKEN", "kernel: big-endian")
    data[0x30:0x34] = bytes(4)  # a kernel from before it said so
    system.images["kernel"] = Image(bytes(data), type="kernel")
    taken(system)


def test_zimage_that_is_cut_off(system):
    system.images["kernel"] = Image(KERNEL[:-8], type="kernel")
    refused(system, "ZIMAGE_BROKEN", "kernel", f"{len(KERNEL) - 8:#x}")


def uimage(folder, data, kind, load=0, entry=0, arch="arm", os="linux", compression="none"):
    (folder / "plain").write_bytes(data)
    run(["mkimage", "-A", arch, "-O", os, "-T", kind, "-C", compression, "-a", hex(load),
         "-e", hex(entry), "-d", folder / "plain", folder / "uimage"])
    return (folder / "uimage").read_bytes()


@pytest.mark.parametrize("kind", ["kernel", "kernel_noload"])
@pytest.mark.parametrize("padding", [0, 0x10000])
def test_uimage_without_a_load_address(system, tmp_path, kind, padding):
    system.images["kernel"] = Image(KERNEL, type="kernel")
    alone = taken(system)
    system.images["kernel"] = Image(uimage(tmp_path, KERNEL, kind) + b"\xff" * padding, type="kernel")
    assert taken(system) == alone


@pytest.mark.parametrize("what, words", [
    ({"kind": "ramdisk"}, "of type 3, no program: ramdisk"), ({"kind": "multi"}, "of type 4, no program: multi"),
    ({"kind": "script"}, "of type 6, no program: script"), ({"kind": "filesystem"}, "of type 7, no program: filesystem"),
    ({"arch": "x86"}, "of arch 3, no arm or arm64: x86"), ({"arch": "mips"}, "of arch 5, no arm or arm64: mips"),
    ({"arch": "powerpc"}, "of arch 7, no arm or arm64: powerpc"), ({"arch": "sh"}, "of arch 9, no arm or arm64"),
    ({"arch": "x86_64"}, "of arch 24, no arm or arm64: x86_64"), ({"arch": "riscv"}, "of arch 26, no arm or arm64: riscv"),
    *(({"compression": name}, f"of compression {number}, no plain data: {name}")
      for number, name in enumerate(["gzip", "bzip2", "lzma", "lzo", "lz4", "zstd"], 1)),
    ({"os": "netbsd"}, "of os 2, no linux: netbsd"), ({"os": "vxworks"}, "of os 14, no linux: vxworks"),
    ({"os": "qnx"}, "of os 16, no linux: qnx"), ({"os": "u-boot"}, "of os 17, no linux: u-boot"),
    ({"os": "rtems"}, "of os 18, no linux: rtems"), ({"os": "plan9"}, "of os 23, no linux"),
])
def test_uimage_of_what_is_none_of_linux(system, tmp_path, what, words):
    """By the names that mkimage knows, where there is room for words."""
    system.images["kernel"] = Image(uimage(tmp_path, KERNEL, **{"kind": "kernel", **what}), type="kernel")
    code = "IMAGE_FORMAT" if {"os", "compression"} & {*what} else "UIMAGE_BROKEN"
    refused(system, code, f"kernel: uImage {words}")
    done = on_virt("check", "--without=explain", system.write(), status=REFUSED)
    assert done.stderr.endswith(f"kernel: uImage {words.split(':')[0]}\n")


@pytest.mark.parametrize("kind", ["kernel", "standalone"])
def test_uimage_of_a_peer_is_of_any_system(system, tmp_path, kind):
    system.images["p"] = Image(uimage(tmp_path, system.images["p"].data, kind, os="rtems"), type="kernel")
    taken(system)


def test_uimage_of_what_is_no_ramdisk(system, tmp_path):
    system.images["ramdisk"] = Image(uimage(tmp_path, bytes(64), "kernel"), type="ramdisk")
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    refused(system, "UIMAGE_BROKEN", "ramdisk: uImage of type 2, no ramdisk: kernel")


@pytest.mark.parametrize("entry, words", [
    (0, None), (MAP["KERNEL_BASE"], None), (8, ["entered at its start, not at 0x8"]),
    (MAP["KERNEL_BASE"] + 8, [f"not at 0x{MAP['KERNEL_BASE'] + 8:x}"]),
])
def test_uimage_with_an_entry_alone(system, tmp_path, entry, words):
    """`mkimage -e` without -a: the FIT's place, and an entry that has to be there."""
    system.images["kernel"] = Image(uimage(tmp_path, KERNEL, "kernel", entry=entry), type="kernel")
    if words:
        refused(system, "ZIMAGE_BROKEN", "kernel", *words)
    else:
        taken(system)


@pytest.mark.parametrize("loader", ["--without=uimage", "--loader=virt-small"])
def test_uimage_without_the_feature(system, tmp_path, loader):
    system.images["kernel"] = Image(uimage(tmp_path, KERNEL, "kernel"), type="kernel")
    done = on_virt("check", loader, system.write(), status=REFUSED)
    assert "error IMAGE_FORMAT (-11) in plan: image kernel: format uimage is not in this loader" in done.stderr


def test_thumb_entry_where_there_is_none(system, tmp_path):
    """Raw data does not say for which cores it is, but how it is entered: 64-bit cores know one state alone."""
    del system.contexts["linux"]
    for odd in (0, 1):
        system.images["p"] = Image(bytes(range(64)), load=PEER_BASE, entry=PEER_BASE + odd)
        system.images["p"].more["arch"] = ""
        system.contexts["p"].pop("memory", None)
        done = peerboot("check", "-b", "virt64", "-f", TREE, system.write(), status=odd)
        assert ("error CORE_WIDTH (-72) in plan: p: raw p" in done.stderr) == bool(odd)


def test_cluster_without_the_feature(system):
    system.contexts["p"]["cluster"] = "a15"
    on_virt("check", system.write())
    done = on_virt("check", "--without=clusters", system.write(), status=REFUSED)
    assert "error MANIFEST_BROKEN (-30) in manifest: " in done.stderr and "cluster" in done.stderr


def test_no_feature_that_no_loader_of_the_board_has(system):
    said = on_virt("check", system.write()).stdout.splitlines()[0]
    assert "clusters" in said and "views" in settings("virt")["BOARD_LACKS"].split() and "views" not in said


@pytest.mark.parametrize("loader", ["--without=arm64", "--loader=virt-small"])
def test_64_bit_images_without_the_feature(system, loader):
    """Whatever else may be wrong with them."""
    system.images["p"].data = elf64(PEER_BASE + 0x10000000)
    on_virt("check", system.write(), status=REFUSED)
    done = on_virt("check", loader, system.write(), status=REFUSED)
    assert "error CORE_WIDTH (-72) in plan: image p: format elf64 is not in this loader" in done.stderr
    system.images["kernel"] = Image(bytes(56) + b"ARM\x64", type="kernel")
    done = on_virt("check", loader, system.write(), status=REFUSED)
    assert "error CORE_WIDTH (-72) in plan: image kernel: format arm64 is not in this loader" in done.stderr


@pytest.mark.parametrize("loader", ["--without=sha1", "--loader=virt-small"])
def test_sha1_without_the_feature(system, loader):
    system.images["p"].hashes = ("sha256", "sha1")
    path = system.write()
    on_virt("check", path)
    done = on_virt("check", loader, path, status=REFUSED)
    assert "error HASH_UNKNOWN (-7) in plan: image p: hash algorithm sha1 is not in this loader" in done.stderr


@pytest.mark.parametrize("loader", ["", "--loader=virt-small"], ids=["without", "small"])
@pytest.mark.parametrize("feature, name, value, otherwise", [
    ("attach", "xamp", (PEER_BASE, 0x1000), "TABLE_MISSING"),
    ("attach", "k3-carveout", (PEER_BASE, 0x1000), "TABLE_MISSING"),
    ("regions", "reserved-memory", "memreserve@10000000", "p: no region memreserve@1000"),
])
def test_properties_without_their_feature(system, loader, feature, name, value, otherwise):
    """They are never ignored, whatever else may be wrong with them."""
    system.contexts["p"][name] = value
    path = system.write()
    done = on_virt("check", loader or f"--without={feature}", path, status=REFUSED)
    assert "error MANIFEST_BROKEN (-30) in manifest: manifest: p: property " \
        f"{name} is not in this loader" in done.stderr
    others = {"attach", "regions"} - {feature}
    done = on_virt("check", f"--without={others.pop()}", path, status=REFUSED)
    assert otherwise in done.stderr and "this loader" not in done.stderr


def test_elf_for_another_machine_without_explanations(system):
    """The number is there, its name is not; and what is good is as good."""
    on_virt("check", "--without=explain", system.write())
    elf = bytearray(system.images["p"].data)
    struct.pack_into("<H", elf, 18, 94)
    system.images["p"].data = bytes(elf)
    refused(system, "ELF_MACHINE", "p", "94", "Xtensa")
    done = on_virt("check", "--without=explain", system.write(), status=REFUSED)
    assert "ELF_MACHINE" in done.stderr and "94" in done.stderr and "Xtensa" not in done.stderr


@pytest.mark.parametrize("load, where", [(0, MAP["INITRD_BASE"]), (0x46000000, 0x46000000)])
def test_uimage_of_a_ramdisk(system, tmp_path, load, where):
    content = b"070701" + bytes(5000)
    system.images["ramdisk"] = Image(uimage(tmp_path, content, "ramdisk", load), type="ramdisk")
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    assert taken(system)["linux ramdisk 0"] == (where, len(content))


@pytest.mark.parametrize("kind, words", [("ramdisk", ["type 3"]), ("script", ["type 6"])])
def test_uimage_that_is_no_kernel(system, tmp_path, kind, words):
    system.images["kernel"] = Image(uimage(tmp_path, KERNEL[:4096], kind), type="kernel")
    refused(system, "UIMAGE_BROKEN", "kernel", *words)


@pytest.mark.parametrize("more", [{"load": 0, "entry": 0}, {"load": 0}, {"load": None, "entry": 0}])
def test_load_address_0_is_none(system, more):
    """As mkimage -f auto and Yocto write it; of a peer it is an address."""
    system.images["kernel"] = Image(KERNEL, type="kernel", **more)
    system.images["ramdisk"] = Image(OTHERS["cpio"], type="ramdisk", **more)
    system.contexts["linux"]["ramdisk"] = "ramdisk"
    loaded = taken(system)
    assert loaded["linux kernel 0"][0] == MAP["KERNEL_BASE"]
    assert loaded["linux ramdisk 0"][0] == MAP["INITRD_BASE"]


def test_kernel_noload(system):
    system.images["kernel"] = Image(KERNEL, type="kernel_noload", load=0x50000000, entry=0)
    assert taken(system)["linux kernel 0"][0] == MAP["KERNEL_BASE"]


def test_peer_at_0(system, tmp_path):
    system.images["p"] = Image(flat(peer(PEER_BASE, thumb=False)), load=0)
    del system.contexts["p"]["memory"]
    refused(system, "OUTSIDE_RAM", "p p 0x00000000")


# --- ELFs ------------------------------------------------------------------------------------------

def link(folder, flags, source="int main;void _start(void){for(;;);}"):
    """A firmware as somebody links it who has no script."""
    (folder / "fw.c").write_text(source)
    run(["arm-none-eabi-gcc", "-mcpu=cortex-a15", "-nostdlib", *flags, "-o", folder / "fw.elf",
         folder / "fw.c"])
    return (folder / "fw.elf").read_bytes()


def test_headers_in_front_of_the_memory(system, tmp_path):
    (tmp_path / "fw.ld").write_text(f"""ENTRY(_start) PHDRS {{ all PT_LOAD FILEHDR PHDRS FLAGS(5); }}
        SECTIONS {{ . = {PEER_BASE:#x}; .text : {{ *(.text*) }} : all }}""")
    system.images["p"].data = link(tmp_path, [f"-T{tmp_path / 'fw.ld'}", "-Wl,-z,max-page-size=4096"])
    refused(system, "OUTSIDE_MEMORY", "p ELF headers (link with -n), segment 0x5bfff000..", "p memory 0x5c000000")
    system.contexts["p"]["memory"] = (PEER_BASE + 0x1000, PROGRAM_SIZE)
    system.manifest.data = b""
    refused(system, "OUTSIDE_MEMORY", "link with -n", "the memory of p")


def test_segments_over_each_other(system):
    elf = Elf(system.images["p"].data)
    elf.segment(0, "memsz", elf.segment(1, "paddr") - elf.segment(0, "paddr") + 4)
    system.images["p"].data = elf.bytes()
    refused(system, "OVERLAP", "p: segment 1 0x", "its segment 0 0x")


@pytest.mark.parametrize("change, word", [
    (lambda elf: elf.header("entry", 0), "ENTRY()"),
    (lambda elf: elf.segment(0, "flags", 6), "not executable"),
])
def test_entries(system, change, word):
    elf = Elf(system.images["p"].data)
    change(elf)
    system.images["p"].data = elf.bytes()
    refused(system, "ELF_ENTRY", "p: entry 0x", word)


def test_many_segments(system, tmp_path):
    """One of each section, as some linkers make them."""
    names = [f"s{n}" for n in range(30)]
    source = "void _start(void){for(;;);}" + "".join(
        f'int {n} __attribute__((section(".{n}"), used)) = 1;' for n in names)
    phdrs = "".join(f"p{n} PT_LOAD;" for n in ["t", *names])
    sections = "".join(f".{n} ALIGN(64) : {{ *(.{n}) }} :p{n}\n" for n in names)
    (tmp_path / "fw.ld").write_text(f"""ENTRY(_start) PHDRS {{ {phdrs} }}
        SECTIONS {{ . = {PEER_BASE:#x}; .text : {{ *(.text*) }} :pt {sections} }}""")
    system.images["p"].data = link(tmp_path, [f"-T{tmp_path / 'fw.ld'}"], source)
    assert len([name for name in taken(system) if name.startswith("p p ")]) == 31


def test_stripped_of_its_sections(system):
    elf = Elf(system.images["p"].data)
    for field in ("shoff", "shnum", "shstrndx"):
        elf.header(field, 0)
    system.images["p"].data = elf.bytes()
    taken(system)


# --- resource tables, of those who need one and of others ----------------------------------------------

@pytest.fixture
def links(tmp_path):
    return linked(tmp_path, BUILD)


def change_table(system, change):
    elf = Elf(system.images["b"].data)
    change(elf, elf.find_section(".resource_table"))
    system.images["b"].data = elf.bytes()
    return elf


def alone(system):
    """b has no link any more, and nobody needs its table."""
    del system.links["linux-b"]


def nobits(elf, section):
    at = elf.header("shoff") + section * elf.layout.section_size
    struct.pack_into("<I", elf.data, at + 4, 8)


def unloaded(elf, section):
    elf.section(section, "addr", 0x1000)


def broken(elf, section):
    struct.pack_into("<I", elf.data, elf.section(section, "offset"), 2)


def moved(elf, section, by=0x8000):
    """Linked for here, loaded to there."""
    at = elf.section(section, "addr")
    for n in elf.loads():
        if elf.segment(n, "vaddr") <= at < elf.segment(n, "vaddr") + elf.segment(n, "filesz"):
            elf.segment(n, "vaddr", elf.segment(n, "vaddr") + by)
    elf.section(section, "addr", at + by)


@pytest.mark.parametrize("change, code", [(nobits, "TABLE_MISPLACED"), (unloaded, "TABLE_MISPLACED"),
                                          (broken, "TABLE_BROKEN"), (moved, "TABLE_MISPLACED")])
def test_table_that_is_needed_or_not(links, change, code):
    change_table(links, change)
    if change in (nobits, unloaded):
        links.contexts["b"]["resource-table"] = (MAP["TABLE_B_BASE"], 0x1000)
        refused(links, code, "b: image b", "that a segment loads for the manifest")
        del links.contexts["b"]["resource-table"]
        links.manifest.data = b""
        refused(links, code, "b: image b", "that a segment loads for linux-b")
    else:
        refused(links, code, "b")
    alone(links)
    links.manifest.data = b""
    taken(links)


def test_table_in_two_places(links, tmp_path):
    """Both are said; the manifest chooses, and the table is filled in where it is loaded to, too."""
    loaded, linked_for = MAP["TABLE_B_BASE"], MAP["TABLE_B_BASE"] + 0x8000
    change_table(links, moved)
    refused(links, "TABLE_MISPLACED", f"{loaded:#x}", f"{linked_for:#x}", "resource-table")
    (tmp_path / "b.elf").write_bytes(links.images["b"].data)
    said = peerboot("table", tmp_path / "b.elf").stdout
    assert f"{loaded:#010x}" in said and f"{linked_for:#010x}" in said
    for place in (loaded, linked_for):
        links.contexts["b"]["resource-table"] = (place, 0x1000)
        links.manifest.data = b""
        done = on_virt("check", "--linux-fdt", tmp_path / "linux.dtb", links.write())
        assert done.stdout.endswith(": ok\n")
        tree = libfdt.Fdt((tmp_path / "linux.dtb").read_bytes())
        assert tree.path_offset(f"/reserved-memory/rsc-table@{place:x}") > 0
    links.contexts["b"]["resource-table"] = (loaded + 0x1000, 0x1000)
    links.manifest.data = b""
    refused(links, "TABLE_MISPLACED", f"{loaded:#x}", f"{linked_for:#x}")


def test_table_linked_for_0(links):
    """A manifest that names no place does not name this one either."""
    change_table(links, lambda elf, section: moved(elf, section, -MAP["TABLE_B_BASE"]))
    refused(links, "TABLE_MISPLACED", f"{MAP['TABLE_B_BASE']:#x}", "linked for 0x0", "resource-table")


# --- boot images -------------------------------------------------------------------------------------

def change_fit(path, change):
    fdt = libfdt.Fdt(path.read_bytes())
    fdt.resize(fdt.totalsize() + 4096)
    change(fdt)
    path.write_bytes(bytes(fdt.as_bytearray()))
    return path


def test_image_that_nobody_uses(system):
    """It has no data, is over another one, and is of nonsense."""
    system.images["spare"] = Image(b"spare", more={"cipher": {"algo": "aes256"}})
    path = system.write()

    def change(fdt):
        node = fdt.path_offset("/images/spare")
        fdt.delprop(node, "data")
        fdt.setprop(node, "type", b"no string")
        fdt.setprop(node, "data-position", b"odd")
        fdt.setprop(node, "load", b"odd")

    done = on_virt("check", change_fit(path, change))
    assert done.stdout.endswith(": ok\n")


def test_many_images(system):
    for n in range(100):
        system.images[f"spare-{n}"] = Image(bytes([n]) * 64)
    taken(system, "-E")


@pytest.mark.parametrize("resolved", [False, True])
def test_two_contexts_run_one_firmware(system, tmp_path, resolved):
    """As the FIT specification has it since 2026: `image-data`, whether a tool has followed it or not."""
    raw = flat(peer(PEER_BASE, thumb=False))
    for name, base in (("p", PEER_BASE), ("q", PEER_BASE + PROGRAM_SIZE)):
        system.images[name] = Image(raw, load=base, entry=base)
        system.contexts[name] = {"cpus": 4 if name == "p" else 8, "image": name,
                                 "memory": (base, PROGRAM_SIZE)}
    path = system.write("-E")
    fdt = libfdt.Fdt(bytearray(path.read_bytes()))
    p, q = (fdt.path_offset(f"/images/{name}") for name in "pq")
    offset = fdt.getprop(p, "data-offset")
    if resolved:
        fdt.setprop(q, "data-offset", bytes(offset))
        path.write_bytes(fdt.as_bytearray())
    else:
        text = subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "dts", path], capture_output=True,
                              text=True, check=True).stdout
        size, total = path.stat().st_size, fdt.totalsize()
        external = path.read_bytes()[total + 3 & ~3:size]
        head, tail = text.split("\t\tq {", 1)
        tail = re.sub(r"data-(offset|size) = <.*>;\n", "", tail, count=2)
        tree = compile_tree(tmp_path, "shared", f'{head}\t\tq {{ image-data = "p";{tail}')
        path.write_bytes(tree + bytes(-len(tree) % 4) + external)
    done = on_virt("check", "-v", path)
    assert "p p 0" in done.stdout and "q q 0" in done.stdout


def test_external_data_that_was_not_written(system):
    path = system.write("-E")
    path.write_bytes(path.read_bytes()[:libfdt.Fdt(path.read_bytes()).totalsize()])
    done = on_virt("check", path, status=REFUSED)
    assert "error FIT_TRUNCATED (-3) in " in done.stderr and "erased" in done.stderr


@pytest.mark.parametrize("name, word", [("boot.its", "text"), ("boot.tar.gz", "gzip"),
                                        ("zImage", "zimage"), ("uImage", "uimage")])
def test_not_the_boot_image(system, tmp_path, name, word):
    path = system.write()
    data = {"boot.its": path.with_suffix(".its").read_bytes(),
            "boot.tar.gz": gzip.compress(path.read_bytes()), "zImage": KERNEL,
            "uImage": uimage(tmp_path, KERNEL[:4096], "kernel")}[name]
    path.write_bytes(data)
    done = on_virt("check", path, status=REFUSED)
    assert "error BAD_MAGIC (-2) in find" in done.stderr and word in done.stderr




def test_damage_that_the_plan_stumbles_over(system):
    """The plan stumbles over what is missing; that the image is not what was hashed is said, too."""
    fit = system.write()
    data = bytearray(fit.read_bytes())
    at = data.index(system.images["p"].data)
    data[at + 4] = 2  # ELFCLASS64
    fit.write_bytes(data)
    done = on_virt("check", fit, status=REFUSED)
    assert "in plan: " in done.stderr and "note: image p: wrong sha256: is the file whole?" in done.stderr
    system.images["p"].data = bytes(data[at:at + len(system.images["p"].data)])
    done = on_virt("check", system.write(), status=REFUSED)
    assert "in plan: " in done.stderr and "note:" not in done.stderr
