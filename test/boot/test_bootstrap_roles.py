# SPDX-License-Identifier: BSD-2-Clause
"""Linux as one ELF in every role and way: its tree is the loader's, and its own table is used."""
from itertools import product

import pytest

from bootstrap import debian, inner, inner_manifest, link_elf, one_elf, small_payload
from board import NAME
from conftest import END, Rack
from its import Image
from machine import Linux
from system import BOOTARGS
from test_host import source

pytestmark = pytest.mark.needs("bootstrap")

REMOTE = {"roles": ["remote", "master"]}
MASTER = {"roles": ["master", "remote"]}
SYMMETRIC = {"roles": ["symmetric", "symmetric"]}


def tree(transcript, folder):
    """As source; the witness prints whole words."""
    dtb = folder / "tree.dtb"
    dtb.write_bytes(transcript.tree().ljust(transcript.of("fdt")[-1].size, b"\0"))
    return source(dtb)


def combinations():
    """All that manifests may have: no master shakes hands by a table of its own."""
    for roles, table, method in product((MASTER, REMOTE, SYMMETRIC), ("linux", "peer"),
                                        ("preset", "handshake", "static")):
        owner = roles["roles"][table == "peer"]
        if (owner, method) != ("master", "handshake"):
            yield pytest.param(roles, table, method, id=f"{roles['roles'][0]}-{table}-{method}")


@pytest.mark.parametrize("roles, table, method", combinations())
def test_tree_is_what_the_loader_makes(machine, tmp_path, build, roles, table, method):
    """From the same manifest, whoever's table describes the links."""
    links = {f"linux-{peer}": {**roles, "method": method,
                               "table": peer if table == "peer" else "linux"} for peer in "bc"}
    system = inner(tmp_path, links)
    system.contexts["linux"]["table-image"] = "table"
    payload = small_payload(tmp_path, inner_manifest(tmp_path, system))
    kernel = Image(payload["KERNEL"], type="standalone")
    system.images.update(kernel=kernel,
                         table=Image((build / NAME / "images/linux-table.elf").read_bytes()))
    by_loader = machine(system.write()).until(END)
    outer = one_elf(tmp_path / "outer", link_elf(tmp_path / "elf", payload), links)
    by_bootstrap = machine(outer.write()).until(END)
    assert not by_loader.errors and not by_bootstrap.errors
    assert tree(by_loader, tmp_path) == tree(by_bootstrap, tmp_path)


OWN_TABLE = {"linux-b": {**REMOTE, "method": "preset", "table": "linux"},
             "linux-c": {**SYMMETRIC, "method": "preset", "table": "linux"}}


@pytest.fixture(scope="module")
def demo(tmp_path_factory, environment, erased_bank):
    """Linux is b's remote and c's equal, and its own table describes both links."""
    folder = tmp_path_factory.mktemp("roles")
    system = inner(folder, OWN_TABLE)
    system.contexts["linux"]["bootargs"] = BOOTARGS
    elf = link_elf(folder, {"MANIFEST": inner_manifest(folder, system), **debian()})
    with Rack(folder, environment, erased_bank) as rack:
        yield Linux(rack.start(one_elf(folder / "outer", elf, OWN_TABLE).write()))


def test_own_table(linux):
    state = {peer: linux.run(f". /lib/peers.sh; wait_for has_device {peer} rpmsg-raw; "
                             f"cat /sys/kernel/debug/peerboot/{peer}/state") for peer in "bc"}
    for peer, role in (("b", "remote"), ("c", "symmetric")):
        assert f"role: {role}" in state[peer] and "state: up" in state[peer]


def test_echo(linux):
    lines = linux.run("selftest echo 2000")
    assert len([line for line in lines if " sent 2000 received 2000 bad 0 " in line]) == 2
