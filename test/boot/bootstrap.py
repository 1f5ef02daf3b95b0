# SPDX-License-Identifier: BSD-2-Clause
"""Systems in which Linux is one ELF."""
from conftest import BUILD
from firmware import MAP
from its import Image
from system import linked

LINUX_MEMORY = (MAP["KERNEL_BASE"], MAP["PEER_B_BASE"] - MAP["KERNEL_BASE"],
                MAP["TABLE_LINUX_BASE"], MAP["TABLE_SIZE"])


def one_elf(folder, elf):
    """The demo, but Linux is an ELF like the others: nothing in the boot image says that it is Linux."""
    s = linked(folder, BUILD)
    del s.images["kernel"]
    s.images["one"] = Image(elf)
    s.contexts["linux"] = {"cpus": 0x3, "image": "one", "memory": LINUX_MEMORY}
    return s
