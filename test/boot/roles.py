# SPDX-License-Identifier: BSD-2-Clause
"""Linux, b and c with any links between them, in any role and by any way."""
from dataclasses import dataclass

from board import LAYOUT, MAP, NAME
from its import Image
from system import (BOOTARGS, CLUSTER, CORES, SPIS, TO_LINUX, TO_PEER, System, give_tree, linux_ramdisk,
                    linux_unpacked, rings_by)

ROLES = ["master", "remote", "symmetric"]
OTHER = {"master": "remote", "remote": "master", "symmetric": "symmetric"}
WAYS = ["preset", "handshake", "static"]

# Where the links between two contexts lie, one behind the other in the order of the first one's
# roles, and the interrupt of the first. As images/echo/static/links.h has it, for all ways alike.
PAIRS = {
    ("linux", "b"): (MAP["LINK_B_BASE"], ROLES, SPIS["b"]),
    ("linux", "c"): (MAP["LINK_C_BASE"], ROLES, LAYOUT["TEST_SPI_C"]),
    ("b", "c"): (MAP["LINK_LINUX_BASE"], ["remote", "master", "symmetric"], None),
}


OF_B = [("linux", "b"), ("b", "c")]  # the pairs that b is one of


@dataclass(frozen=True)
class Link:
    """The role is the first end's."""
    ends: tuple
    role: str

    @property
    def roles(self):
        return self.role, OTHER[self.role]

    @property
    def owner(self):
        """Whose table describes it: the remote's; between two alike, the second's."""
        return self.ends[self.roles.index("remote") if "remote" in self.roles else 1]

    def node(self, way):
        """The manifest's."""
        base, roles, spi = PAIRS[self.ends]
        number = roles.index(self.role)
        bells = [(TO_LINUX, spi + number) if end == "linux" else TO_PEER for end in self.ends]
        return {"ends": list(self.ends), "roles": list(self.roles), "method": way,
                "table": self.owner, "doorbells": [n for bell in bells for n in bell],
                "memory": (base + number * MAP["LINK_SIZE"], MAP["LINK_SIZE"])}


def every_role(pairs):
    return [Link(ends, role) for ends in pairs for role in ROLES]


def named(links):
    """{name: link} of the manifest. Linux calls its own link-<peer>, link-<peer>-1 …"""
    out = {}
    for link in links:
        name = "-".join(link.ends)
        before = sum(other.ends == link.ends for other in out.values())
        out[f"{name}-{before}" if before else name] = link
    return out


def linux_and_peers(folder, build, links, way="preset", tables=True):
    """Debian's kernel on cores 0 and 1, b on core 2, c on core 3."""
    s = System(folder)
    image = "echo" if tables else "static"
    s.images["kernel"] = linux_unpacked()
    s.images["ramdisk"] = linux_ramdisk(load=MAP["INITRD_BASE"])
    s.contexts["linux"] = {"cpus": CORES["linux"], "memory": (MAP["RAM_BASE"], MAP["RAM_SIZE"]),
                           "kernel": "kernel", "ramdisk": "ramdisk",
                           "bootargs": BOOTARGS}
    give_tree(s)
    if tables and any(link.owner == "linux" for link in links):
        s.images["linux-table"] = Image((build / NAME / "images/linux-table.elf").read_bytes())
        s.contexts["linux"]["table-image"] = "linux-table"
    for name in "bc":
        upper = name.upper()
        s.images[name] = Image((build / NAME / f"images/{image}-{name}.stripped.elf").read_bytes())
        s.contexts[name] = {
            **CLUSTER, "cpus": CORES[name], "image": name, **rings_by(name),
            "memory": (MAP[f"PEER_{upper}_BASE"], MAP[f"PEER_{upper}_SIZE"],
                       MAP[f"TABLE_{upper}_BASE"], 0x20000)}
    for ends, (base, roles, _) in PAIRS.items():
        # A static image begins sessions on all links that it knows of: what is no link here is its own.
        if not tables and not any(link.ends == ends for link in links):
            s.contexts[ends[1]]["memory"] += (base, len(roles) * MAP["LINK_SIZE"])
    for name, link in named(links).items():
        s.links[name] = link.node(way)
    return s
