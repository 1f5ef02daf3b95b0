# SPDX-License-Identifier: BSD-2-Clause
"""Compressed images, by the real gzip and lz4, and what is wrong with them.

The loader is the variant "unpack": decompression is all that it has beside the plain one.
"""
import gzip
import re
import struct
import subprocess
import tempfile

import pytest

from board import MAP
from conftest import Rack, assert_clean
from firmware import Elf, flat, mark_of, witness
from its import Image, compile_tree
from machine import Linux
from system import PEER_BASE, small, with_linux
from test_errors import board_tree
from test_formats import arm64_image, assert_boots

pytestmark = pytest.mark.needs("decompression", "overlays")

LOADER = "unpack"
RAMDISK = b"070701" + bytes(range(6, 256))
TREE = "from a compressed tree"


def lz4(data, *flags):
    """From a file: of a pipe it would not know the size."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return subprocess.run(["lz4", "-q", "-c", *flags, file.name], stdout=subprocess.PIPE,
                              check=True).stdout


PACK = {"gzip": gzip.compress, "lz4": lz4}


def pack(image, compression):
    """Unless it is already, as the kernel of some."""
    if image.compression != "none":
        return
    image.data = PACK[compression](image.data)
    image.compression = compression


@pytest.fixture
def loader():
    return LOADER


@pytest.fixture
def system(tmp_path):
    """With all kinds of images that there are."""
    s = small(tmp_path)
    s.images["fdt"] = Image(compile_tree(tmp_path, "board", board_tree(model=TREE)), type="flat_dt")
    s.images["ramdisk"] = Image(RAMDISK * 1000, type="ramdisk")
    s.contexts["linux"].update(fdt="fdt", ramdisk="ramdisk")
    return s


@pytest.mark.parametrize("compression", PACK)
@pytest.mark.parametrize("flags", [(), ("-E",)], ids=["inline", "external"])
def test_compressed(boot, system, compression, flags):
    """All of them at once, and each goes to where it would go."""
    plain = boot(system.write(*flags))
    for name in ("p", "kernel", "fdt", "ramdisk"):
        pack(system.images[name], compression)
    t = boot(system.write(*flags))
    assert_boots(t)
    assert TREE.encode() in t.tree()
    assert [(r.what, r.address, r.size) for r in t.of("load")] == \
        [(r.what, r.address, r.size) for r in plain.of("load")]


def test_ramdisk_is_what_was_packed(boot, system):
    """What Linux would find at its initrd, by the witness."""
    show = [(MAP["INITRD_BASE"] + 1000, 512)]
    kernel = witness([mark_of(PEER_BASE)], show=show, thumb=False)
    system.images["kernel"].data = flat(kernel)
    content = system.images["ramdisk"].data
    pack(system.images["ramdisk"], "lz4")
    t = boot(system.write())
    assert t.memory(MAP["INITRD_BASE"] + 1000) == content[1000:1512]


@pytest.mark.parametrize("flags", [("-B4", "-BD", "--no-frame-crc"), ("-B7", "-BX", "--content-size")],
                         ids="".join)
def test_frames_of_lz4(boot, system, flags):
    system.images["ramdisk"] = Image(lz4(RAMDISK * 30000, *flags), type="ramdisk",
                                     compression="lz4")
    t = boot(system.write())
    assert_boots(t)
    assert [r.size for r in t.of("load") if r.address == MAP["INITRD_BASE"]] == [256 * 30000]


def test_signed(boot, tmp_path, build):
    s = small(tmp_path)
    pack(s.images["p"], "gzip")
    pack(s.images["kernel"], "lz4")
    s.sign()
    assert_boots(boot(s.write("-k", build / "test/fixtures/keys"), loader="test"))


def test_linux_and_peers(tmp_path, environment, erased_bank, build, host):  # noqa: F811
    """The demo, all of it compressed: Debian's kernel, and two peers that answer."""
    s = with_linux(tmp_path, build, {})
    if host.tree:
        s.images["fdt"] = Image(host.tree.read_bytes(), type="flat_dt")
        s.contexts["linux"]["fdt"] = "fdt"
    for name, compression in (("kernel", "gzip"), ("ramdisk", "lz4"), ("fdt", "lz4"), ("b", "gzip"),
                              ("c", "lz4")):
        pack(s.images[name], compression)
    with Rack(tmp_path, environment, erased_bank) as rack:
        linux = Linux(rack.start(s.write(), loader=LOADER))
        linux.run(". /lib/peers.sh; for p in b c; do wait_for has_device $p rpmsg-raw || exit 1; done")
        devices = re.findall(r"device=(\S+) .*channel=rpmsg-raw ", "\n".join(linux.run("rpmsg-echo --list")))
        assert len(devices) == 2
        for device in devices:
            assert linux.one(f"rpmsg-echo --count 10 {device}").split()[2:8] == \
                ["sent", "10", "received", "10", "bad", "0"]
        assert_clean(linux.run("dmesg"))


# --- refused -------------------------------------------------------------------------------------

def change_last_word(data, value):
    return data[:-4] + struct.pack("<I", value)


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1:]


SPOILT = {
    "gzip": [
        ("COMPRESSED_BROKEN", lambda d: gzip.compress(d)[:-9]),
        ("COMPRESSED_BROKEN", lambda d: flip(gzip.compress(d), len(gzip.compress(d)) // 2)),
        ("COMPRESSED_BROKEN", lambda d: flip(gzip.compress(d), -8)),
        ("COMPRESSED_BROKEN", lambda d: gzip.compress(d) + bytes(4)),
        ("COMPRESSED_BROKEN", lambda d: change_last_word(gzip.compress(d), len(d) - 1)),
        ("COMPRESSED_BROKEN", lambda d: change_last_word(gzip.compress(d), len(d) + 1)),
        ("COMPRESSED_BROKEN", lambda d: change_last_word(gzip.compress(bytes(256 << 20)), 4096)),
        ("COMPRESSED_BROKEN", lambda d: change_last_word(gzip.compress(d), 0xffffffff)),
        ("STAGING_FULL", lambda d: gzip.compress(bytes(MAP["STAGING_SIZE"] + 1))),
    ],
    "lz4": [
        ("COMPRESSED_BROKEN", lambda d: lz4(d)[:-1]),
        ("COMPRESSED_BROKEN", lambda d: flip(lz4(d), 200)),
        ("COMPRESSED_BROKEN", lambda d: flip(lz4(d), -1)),
        ("COMPRESSED_BROKEN", lambda d: lz4(d) + b"\0"),
        ("COMPRESSED_BROKEN", lambda d: lz4(d, "-l")),
        ("STAGING_FULL", lambda d: lz4(bytes(MAP["STAGING_SIZE"] + 1), "-B4", "-BD")),
    ],
}


@pytest.mark.once
@pytest.mark.parametrize("compression, code, spoil",
                         [(name, *case) for name, cases in SPOILT.items() for case in cases])
def test_spoilt(refused, system, compression, code, spoil):
    """Hashed as it is, so that only its format tells."""
    image = system.images["p"]
    image.data, image.compression = spoil(image.data), compression
    refused(code, system.write("-E"))


def test_lz4_announces_another_size(refused, system):
    """More than there is room for: nothing is unpacked."""
    image = system.images["ramdisk"]
    data = bytearray(lz4(image.data, "--content-size"))
    size, = struct.unpack_from("<Q", data, 6)
    assert size == len(image.data)
    struct.pack_into("<Q", data, 6, 1 << 40)
    image.data, image.compression = bytes(data), "lz4"
    refused("STAGING_FULL", system.write())


@pytest.mark.parametrize("compression", PACK)
def test_wrong_hash(refused, system, compression):
    """Of what is in the boot image, before it is looked at."""
    pack(system.images["p"], compression)
    fit = system.write()
    data = fit.read_bytes()
    at = data.index(system.images["p"].data) + 100
    fit.write_bytes(flip(data, at))
    refused("HASH_WRONG", fit)


@pytest.mark.needs("late_unpack")
@pytest.mark.parametrize("code, spoil", [
    ("COMPRESSED_BROKEN", lambda d: change_last_word(gzip.compress(d), len(d) + 1)), ("HASH_WRONG", gzip.compress)])
def test_late_kernel(boot, system, code, spoil):
    """An early peer has started before anybody looks at more than the kernel's head; then nobody else does."""
    kernel = system.images["kernel"] = Image(spoil(arm64_image() + bytes(range(256)) * 200), type="kernel",
                                             compression="gzip")
    system.contexts["p"]["early"] = True
    fit = system.write()
    if code == "HASH_WRONG":
        fit.write_bytes(flip(fit.read_bytes(), fit.read_bytes().index(kernel.data) + len(kernel.data) - 20))
    t = boot(fit)
    assert [e.name for e in t.errors] == [code] and t.records[-1].stage == "load"
    assert [r.what.split()[0] for r in t.of("start")] == ["p"] and not t.of("enter")


@pytest.mark.parametrize("compression", ["lzma", "zstd"])
def test_other_compressions(refused, system, compression):
    system.images["p"].compression = compression
    refused("IMAGE_FORMAT", system.write())


@pytest.mark.needs("without decompression")
@pytest.mark.parametrize("compression", PACK)
def test_loader_without(refused, system, compression):
    pack(system.images["p"], compression)
    refused("IMAGE_FORMAT", system.write(), loader="plain")


def test_compressed_manifest(refused, system):
    system.manifest.compression = "gzip"
    refused("IMAGE_FORMAT", system.write())


def test_optional_peer_is_broken(boot, system):
    """The boot goes on without it, whatever else has to be unpacked."""
    pack(system.images["ramdisk"], "gzip")
    pack(system.images["p"], "lz4")
    system.images["p"].data = system.images["p"].data[:-1]
    system.contexts["p"]["optional"] = True
    t = boot(system.write())
    assert not t.errors and t.of("enter") and not t.of("start")
    assert [r.stage for r in t.records if r.result == "COMPRESSED_BROKEN"] == ["plan"]


@pytest.mark.needs("cfi_intel")
def test_segment_where_is_unpacked(refused, boot, tmp_path):
    """Nobody's place while something is unpacked there; else anybody's, if boot images lie in memory: what
    comes from a card comes by way of it."""
    system = small(tmp_path)
    del system.contexts["p"]["memory"]
    elf = Elf(system.images["p"].data)
    elf.segment(1, "paddr", MAP["STAGING_BASE"] + 0x100)
    system.images["p"].data = elf.bytes()
    t = boot(system.write())
    assert not t.errors and t.of("enter")
    pack(system.images["kernel"], "gzip")
    refused("OVERLAP", system.write())
