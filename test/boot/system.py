# SPDX-License-Identifier: BSD-2-Clause
"""Whole systems for tests, to be changed before they are made into a boot image."""
import lzma
from functools import cache
from pathlib import Path

from board import BUILD, HAS, LAYOUT, LINUX, MAP, NAME, SETTINGS
from firmware import PROGRAM_SIZE, WITNESS_BASE, flat, mark_of, peer, witness
from its import Fit, Image, manifest

SPI, SGI = MAP["DOORBELL_SPI"], MAP["DOORBELL_SGI"]
PEER_BASE = MAP["PEER_B_BASE"]
# Which cores are whose, in all systems here as in the demo.
CORES = {"linux": MAP["LINUX_CPUS"], "b": MAP["PEER_B_CPUS"], "c": MAP["PEER_C_CPUS"]}
# Which cluster the peers' are in, if it is not Linux's.
CLUSTER = {"cluster": LAYOUT["PEER_CLUSTER"]} if "PEER_CLUSTER" in LAYOUT else {}
# The first interrupt that Linux hears b and c by.
SPIS = {"b": LAYOUT["DEMO_SPI_B"], "c": LAYOUT["DEMO_SPI_C"]}
# What ends of a link hear: Linux the kind of its interrupts, peers kind and number.
TO_LINUX = MAP[LAYOUT.get("TO_LINUX", "DOORBELL_SPI")]
TO_PEER = (SGI, 8) if TO_LINUX == SPI else (MAP["DOORBELL_NONE"], 0)

OF_LINUX = ("kernel", "ramdisk", "fdt")  # its images in a configuration, by the FIT specification


class System:
    """Images, contexts, links and the configuration: plain dicts that a test changes."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.images, self.contexts, self.links = {}, {}, {}
        self.configuration = {"manifest": "manifest"}
        self.manifest = Image(b"", type="flat_dt")
        self.verbose = True
        self.fit = Fit(self.images, self.configuration)

    def cover(self, version=2):
        """Every image is named by the configuration: who signs that, signs them."""
        linux = self.contexts.get("linux", {})
        others = [context[name] for context in self.contexts.values()
                  for name in ("image", "table-image") if name in context]
        self.configuration.update({name: linux[name] for name in OF_LINUX if name in linux},
                                  loadables=others, version=version)

    def signature(self, by="rsa2048", **node):
        """The configuration's, by a key in the folder that mkimage gets (-k); node: what is otherwise."""
        named = [name for name in OF_LINUX if name in self.configuration]
        return {"algo": f"sha256,{by}", "key-name-hint": by,
                "sign-images": ["manifest", *named, "loadables"], **node}

    def sign(self, by="rsa2048", version=2, **node):
        self.cover(version)
        self.configuration["signature-1"] = self.signature(by, **node)

    def write(self, *flags):
        self.manifest.data = self.manifest.data or manifest(self.folder, self.contexts, self.links, self.verbose)
        self.images.setdefault("manifest", self.manifest)
        return self.fit.write(self.folder, *flags)


def give_tree(s):
    """The kernel package's, for a board that has none of its own."""
    if "tree" not in HAS:
        s.images["fdt"] = Image((BUILD / NAME / "demo" / SETTINGS["BOARD_TREE"]).read_bytes(), type="flat_dt")
        s.contexts["linux"]["fdt"] = "fdt"


def small(folder):
    """The witness as Linux on core 0 and a peer without links on core 2: boots in no time."""
    s = System(folder)
    mark = mark_of(PEER_BASE)
    kernel = flat(witness([mark], thumb=False))
    s.images["kernel"] = Image(kernel, type="standalone", load=WITNESS_BASE, entry=WITNESS_BASE)
    s.images["p"] = Image(peer(PEER_BASE))
    s.contexts["linux"] = {"cpus": 0x1, "memory": (MAP["RAM_BASE"], MAP["RAM_SIZE"]),
                           "kernel": "kernel", "bootargs": "test"}
    s.contexts["p"] = {**CLUSTER, "cpus": CORES["b"], "memory": (PEER_BASE, PROGRAM_SIZE), "image": "p"}
    give_tree(s)
    return s


def rings_by(peer):
    """The devices that a peer rings Linux by, if it needs some: as many as it has links."""
    devices = LAYOUT.get(f"DEVICES_{peer.upper()}")
    return {"devices": devices.split()} if devices else {}


def bare(folder):
    """The same without Linux: the witness is an ELF like any other."""
    s = small(folder)
    s.images["w"] = Image(witness([mark_of(PEER_BASE)]))
    s.contexts = {"w": {"cpus": 0x1, "memory": (WITNESS_BASE, PROGRAM_SIZE), "image": "w"},
                  "p": s.contexts["p"]}
    del s.images["kernel"]
    s.images.pop("fdt", None)
    return s


def linked(folder, build, show=()):
    """The demo's peers b and c with their links, and the witness in place of Linux."""
    s = small(folder)
    kernel = flat(witness(show=show, thumb=False))
    s.images["kernel"] = Image(kernel, type="standalone", load=WITNESS_BASE, entry=WITNESS_BASE)
    del s.images["p"], s.contexts["p"]
    s.contexts["linux"]["cpus"] = CORES["linux"]
    for name in "bc":
        upper = name.upper()
        table = MAP[f"TABLE_{upper}_BASE"]
        s.images[name] = Image((build / NAME / f"images/echo-{name}.elf").read_bytes())
        s.contexts[name] = {
            **CLUSTER, "cpus": CORES[name], "image": name, **rings_by(name),
            "memory": (MAP[f"PEER_{upper}_BASE"], MAP[f"PEER_{upper}_SIZE"], table, 0x20000)}
        s.links[f"linux-{name}"] = {
            "ends": ["linux", name], "roles": ["master", "remote"],
            "memory": (MAP[f"LINK_{upper}_BASE"], MAP["LINK_SIZE"]),
            "doorbells": [TO_LINUX, SPIS[name], *TO_PEER]}
    return s


def linux_kernel(folder=LINUX, **options):
    """As the board's architecture has it in a boot image."""
    return Image((folder / SETTINGS["LINUX_KERNEL"]).read_bytes(), type="kernel",
                 compression=SETTINGS["LINUX_COMPRESSION"], **options)


@cache
def unpacked_zimage(folder):
    """What a zImage unpacks to: a stream of xz within it."""
    packed = (folder / "zImage").read_bytes()
    return lzma.LZMADecompressor().decompress(packed[packed.rindex(b"\xfd7zXZ\0"):])


TEXT_OFFSET = 0x208000  # from the start of RAM: arch/arm/Makefile, where qcom's platforms are built in


def linux_unpacked():
    """The same kernel, but that no zImage has to unpack itself first, which takes QEMU a third of a start."""
    if SETTINGS["LINUX_KERNEL"] != "zImage":
        return linux_kernel(load=MAP["KERNEL_BASE"], entry=MAP["KERNEL_BASE"])
    at = MAP["RAM_BASE"] + TEXT_OFFSET
    return Image(unpacked_zimage(LINUX), type="standalone", load=at, entry=at)


def linux_ramdisk(folder=LINUX, **options):
    return Image((folder / "initramfs.cpio.gz").read_bytes(), type="ramdisk", **options)


# What the kernel tests of itself, and what has it look for modules that are not there, takes a second of
# each boot.
BOOTARGS = LAYOUT["DEMO_BOOTARGS"] + \
    " cryptomgr.notests initcall_blacklist=crypto_kdf108_init,init_encrypted,init_zswap"


def with_linux(folder, build, roles):
    """The demo, with Linux's and each peer's role as in `roles`: {peer: (of Linux, of the peer)}."""
    s = linked(folder, build)
    s.images["kernel"], s.images["ramdisk"] = linux_kernel(), linux_ramdisk()
    s.contexts["linux"].update(ramdisk="ramdisk", bootargs=f"{BOOTARGS} loglevel=5")
    for name, pair in roles.items():
        s.links[f"linux-{name}"].update(roles=list(pair), table=name)
    return s
