# SPDX-License-Identifier: BSD-2-Clause
"""Linux as one ELF, linked from the bootstrap and a payload, and systems with one in them."""
from board import BUILD, CC, CROSS, MAP, NAME, TOP
from firmware import flat, witness
from its import Image, manifest, run
from system import BOOTARGS, CORES, SGI, SPI, SPIS, System, linked

LINUX_MEMORY = (MAP["KERNEL_BASE"], MAP["PEER_B_BASE"] - MAP["KERNEL_BASE"],
                MAP["TABLE_LINUX_BASE"], MAP["TABLE_SIZE"])
ALL_OF_RAM = (MAP["RAM_BASE"], MAP["RAM_SIZE"])


def link_elf(folder, payload):
    """The ELF's bytes, by plain as and ld; payload: {"MANIFEST": bytes, "KERNEL": …}."""
    folder.mkdir(parents=True, exist_ok=True)
    defines = []
    for name, data in payload.items():
        path = folder / f"{name}.bin"
        path.write_bytes(data)
        defines.append(f'-D{name}="{path}"')
    run([*CC, "-c", "-o", folder / "payload.o", *defines,
         TOP / "images/bootstrap/payload.S"])
    run([f"{CROSS}ld", "--gc-sections", "-n", "--strip-all", "-o", folder / "linux.elf",
         "-T", BUILD / NAME / "bootstrap/bootstrap.ld", BUILD / NAME / "bootstrap/bootstrap.o",
         BUILD / NAME / "images/linux-table/table.o", folder / "payload.o"])
    return (folder / "linux.elf").read_bytes()


def debian():
    """What of the payload is the demo's."""
    return {"KERNEL": (BUILD / "linux/zImage").read_bytes(),
            "INITRD": (BUILD / "linux/initramfs.cpio.gz").read_bytes()}


def one_elf(folder, elf, links=None):
    """The demo, but Linux is an ELF like the others: nothing in the boot image says that it is Linux."""
    s = linked(folder, BUILD)
    del s.images["kernel"]
    s.images["one"] = Image(elf)
    s.contexts["linux"] = {"cpus": CORES["linux"], "image": "one", "memory": LINUX_MEMORY}
    for name, link in (links or {}).items():
        s.links[name].update(link)
    return s


def master(folder):
    """The bare-metal master alone on core 2; core 0 is nobody's."""
    s = System(folder)
    s.images["master"] = Image((BUILD / NAME / "images/master.elf").read_bytes())
    s.contexts["master"] = {"cpus": CORES["b"], "image": "master",
                            "memory": (MAP["PEER_C_BASE"], MAP["PEER_C_SIZE"])}
    return s


def master_manifest(folder):
    """What an ELF for the master has inside: Linux is the remote, its own table describes the link."""
    return manifest(
        folder,
        {"linux": {"cpus": CORES["linux"], "memory": ALL_OF_RAM, "kernel": "kernel",
                   "bootargs": BOOTARGS,
                   "resource-table": (MAP["TABLE_LINUX_BASE"], MAP["TABLE_SIZE"])},
         "master": {"cpus": CORES["b"], "image": "master",
                    "memory": (MAP["PEER_C_BASE"], MAP["PEER_C_SIZE"])}},
        {"linux-master": {"ends": ["linux", "master"], "roles": ["remote", "master"],
                          "memory": (MAP["LINK_C_BASE"], MAP["LINK_SIZE"]),
                          "doorbells": [SPI, SPIS["b"], SGI, 8]}})


def small_payload(folder, manifest):
    """The witness as kernel, without initrd."""
    kernel = flat(witness(base=MAP["KERNEL_BASE"], thumb=False))
    return {"MANIFEST": manifest, "KERNEL": kernel}


def inner(folder, links=None):
    """The system that the demo's ELF knows of, to be changed before its manifest is made."""
    s = linked(folder, BUILD)
    for name, link in (links or {}).items():
        s.links[name].update(link)
    for name, context in s.contexts.items():
        upper = name.upper()
        context["resource-table"] = (MAP[f"TABLE_{upper}_BASE"], MAP["TABLE_SIZE"])
    return s


def inner_manifest(folder, system):
    return manifest(folder, system.contexts, system.links)
