# SPDX-License-Identifier: BSD-2-Clause
"""Linux's device tree, made by fdt/linux_tree.c, as python3-libfdt and dtc read it.

What must come out is computed here a second time, over plain dictionaries of all properties of
all nodes, and compared with the whole of what is in the tree: nothing missing, nothing extra.
"""
import os
import random
import struct
import subprocess
from pathlib import Path

import libfdt
import pytest

TOP = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PEERBOOT_BUILD", TOP / "build"))
PROGRAM = BUILD / "test/unit/host_linux_tree"
VIRT = BUILD / "test/fixtures/virt.dtb"
PART = BUILD / "test/fixtures/part.dtb"

KINDS = [None, b"shared-dma-pool\0", b"peerboot,boot-record\0"]
METHODS = [b"preset\0", b"handshake\0", b"static\0"]
ROLES = {0: b"remote\0", 2: b"symmetric\0", 3: b"master\0"}


def cells(*values):
    return struct.pack(f">{len(values)}I", *values)


def read(path):
    """{path of node: {name of property: value}} of a whole tree."""
    fdt = libfdt.FdtRo(Path(path).read_bytes())
    tree = {}

    def walk(node, name):
        properties = {}
        offset = fdt.first_property_offset(node, libfdt.QUIET_NOTFOUND)
        while offset >= 0:
            prop = fdt.get_property_by_offset(offset)
            assert prop.name not in properties, f"{name}: {prop.name} twice"
            properties[prop.name] = bytes(prop)
            offset = fdt.next_property_offset(offset, libfdt.QUIET_NOTFOUND)
        assert name not in tree, f"{name} twice"
        tree[name] = properties
        child = fdt.first_subnode(node, libfdt.QUIET_NOTFOUND)
        while child >= 0:
            walk(child, name.rstrip("/") + "/" + fdt.get_name(child))
            child = fdt.next_subnode(child, libfdt.QUIET_NOTFOUND)

    walk(0, "/")
    return tree


def make(source, plan, out):
    """Run the program; returns its exit status and what it printed."""
    lines = []
    for key, value in plan.items():
        for one in value if isinstance(value, list) else [value]:
            words = one if isinstance(one, tuple) else (one,)
            lines.append(" ".join([key, *map(str, words)]))
    done = subprocess.run([PROGRAM, source, out], input="\n".join(lines) + "\n", text=True,
                          capture_output=True, timeout=60, check=False)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def drop(tree, path):
    for name in [n for n in tree if n == path or n.startswith(path + "/")]:
        del tree[name]


def add_reserved(tree, plan, wide, highest):
    node = tree.setdefault("/reserved-memory", {})
    root = tree["/"]
    node.update({"#address-cells": root["#address-cells"], "#size-cells": root["#size-cells"],
                 "ranges": b""})
    for i, (name, base, size, kind) in enumerate(plan.get("reserved", [])):
        path = f"/reserved-memory/{name}@{base:x}"
        drop(tree, path)
        tree[path] = {"reg": wide(base) + wide(size), "no-map": b"",
                      "phandle": cells(highest + 1 + i)}
        if KINDS[kind]:
            tree[path]["compatible"] = KINDS[kind]


def add_links(tree, plan, highest, interrupt_parent):
    for link in plan.get("link", []):
        (peer, role, vdev, table, vring0, vring1, buffers, receive, interrupt, *send, end, method,
         count0, count1, length, num, align, failed) = link
        node = {"compatible": b"peerboot,rpmsg-link\0", "peerboot,peer": peer.encode() + b"\0",
                "peerboot,role": ROLES[role], "status": b"fail\0" if failed else b"okay\0"}
        tree[f"/link-{peer}"] = node
        if failed:
            continue
        regions = [highest + 1 + i for i in (table, vring0, vring1, buffers)]
        first = b"session" if METHODS[method] == b"static\0" else b"rsc-table"
        node.update({"memory-region": cells(*regions), "peerboot,end": cells(end),
                     "peerboot,method": METHODS[method],
                     "memory-region-names": first + b"\0vring0\0vring1\0buffer\0",
                     "peerboot,send-doorbell": cells(*send)})
        if METHODS[method] == b"static\0":
            node["peerboot,vrings"] = cells(num, align)
        else:
            node["peerboot,vdev"] = cells(vdev)
        if METHODS[method] != b"preset\0":
            node["peerboot,buffers"] = cells(count0, count1, length)
        if receive == 2:
            node["interrupts"] = cells(0, interrupt, 1)
            if interrupt_parent:
                node["interrupt-parent"] = interrupt_parent


def expected(tree, plan, interrupt_parent=None):
    """The plan, carried out on dictionaries."""
    two = tree["/"]["#address-cells"] == cells(2)
    highest = max(struct.unpack(">I", n["phandle"])[0] for n in tree.values() if "phandle" in n)

    def wide(value):
        return struct.pack(">Q" if two else ">I", value)

    chosen = tree.setdefault("/chosen", {})
    chosen.pop("linux,initrd-start", None)
    chosen.pop("linux,initrd-end", None)
    if "bootargs" in plan:
        chosen["bootargs"] = plan["bootargs"].encode() + b"\0"
    if "initrd" in plan:
        base, size = plan["initrd"]
        chosen["linux,initrd-start"], chosen["linux,initrd-end"] = wide(base), wide(base + size)
    if "seed" in plan:
        chosen["rng-seed"] = bytes.fromhex(plan["seed"])

    if "memory" in plan:
        for name in [n for n, p in tree.items() if p.get("device_type") == b"memory\0"]:
            drop(tree, name)
        for base, size in plan["memory"]:
            tree[f"/memory@{base:x}"] = {"device_type": b"memory\0", "reg": wide(base) + wide(size)}

    foreign = [n for n in tree if n.startswith("/cpus/cpu@") and n.count("/") == 2 and
               not plan["cores"] >> struct.unpack(">I", tree[n]["reg"])[0] & 1]
    gone = {tree[n]["phandle"] for n in foreign if "phandle" in tree[n]}
    for name in foreign:
        drop(tree, name)
    for name in [n for n, p in tree.items() if p.get("cpu") in gone]:
        drop(tree, name)

    add_reserved(tree, plan, wide, highest)
    add_links(tree, plan, highest, interrupt_parent)
    for path in plan.get("disable", []):
        tree[path]["status"] = b"disabled\0"
    return tree


PRESET = (1, 0, 256, 256, 512, 256, 4096)  # end, method, buffers, vrings
DEMO = {
    "bootargs": "console=ttyAMA0 panic=-1",
    "initrd": (0x45000000, 0xe5a31),
    "cores": 3,
    "memory": [(0x40000000, 0x20000000)],
    "reserved": [("boot-record", 0x5e040000, 0x10000, 2), ("rsc-table", 0x5d000000, 0x1000, 0),
                 ("rsc-table", 0x5d100000, 0x1000, 0), ("vdev0vring0", 0x5d040000, 0x3000, 0),
                 ("vdev0vring1", 0x5d043000, 0x3000, 0), ("vdev0buffer", 0x5d046000, 0x40000, 1),
                 ("vdev0vring0", 0x5d140000, 0x3000, 0), ("vdev0vring1", 0x5d143000, 0x3000, 0),
                 ("vdev0buffer", 0x5d146000, 0x40000, 1), ("b", 0x5c000000, 0x200000, 0),
                 ("c", 0x5c200000, 0x200000, 0)],
    "link": [("b", 3, 0, 1, 3, 4, 5, 2, 100, 1, 8, 4, *PRESET, 0),
             ("c", 3, 0, 2, 6, 7, 8, 2, 101, 1, 8, 8, *PRESET, 0)],
    "disable": ["/pl061@9030000"],
    "seed": "00112233445566778899aabbccddeeff",
}


@pytest.fixture(scope="module", autouse=True)
def built():
    """`make check` has built them; alone, this test builds its own."""
    if not all(path.exists() for path in (PROGRAM, VIRT, PART)):
        subprocess.run(["make", "-s", f"BUILD={BUILD}", "test-programs"], cwd=TOP,
                       check=True, timeout=280)


def check(source, plan, out, **more):
    status, said = make(source, plan, out)
    assert status == 0, said
    found, wanted = read(out), expected(read(source), plan, **more)
    assert set(found) == set(wanted)
    for path, properties in wanted.items():
        assert found[path] == properties, path
    # dtc complains of dangling phandles and wrong #cells; of these only errors count
    subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "null", out], check=True, timeout=30)


def test_demo_on_the_machines_own_tree(tmp_path):
    check(VIRT, DEMO, tmp_path / "out.dtb")


@pytest.mark.parametrize("cores", range(1, 16))
def test_any_cores(tmp_path, cores):
    check(VIRT, DEMO | {"cores": cores}, tmp_path / "out.dtb")


def test_failed_peer(tmp_path):
    links = [DEMO["link"][0], DEMO["link"][1][:-1] + (1,)]
    check(VIRT, DEMO | {"link": links}, tmp_path / "out.dtb")


def test_a_tree_of_one_cell(tmp_path):
    """Its own reserved memory and regions of the same name; doorbells through its GIC."""
    plan = {"cores": 15, "memory": [(0x80000000, 0x20000000)], "initrd": (0x88000000, 5),
            "reserved": [("rsc-table", 0x8f000000, 0x8000, 0), ("pool", 0x90000000, 0x10000, 1)],
            "link": [("m4", 2, 3, 0, 0, 0, 1, 2, 7, 2, 9, 0, *PRESET, 0)],
            "disable": ["/soc/serial@fe000000", "/soc/timer@fe001000"]}
    gic = read(PART)["/soc/interrupt-controller@ff000000"]["phandle"]
    check(PART, plan, tmp_path / "out.dtb", interrupt_parent=gic)


def random_plan(rng):
    count = rng.randint(1, 24)
    plan = {"cores": rng.randint(1, 15)}
    plan["reserved"] = [(f"r{i}-" + "x" * rng.randint(0, 28), rng.randrange(0, 1 << 40, 4096),
                         rng.randrange(4096, 1 << 36, 4096), rng.randint(0, 2))
                        for i in range(count)]
    plan["link"] = [(f"p{i}" * rng.randint(1, 7), rng.choice([0, 2, 3]), rng.randint(0, 3),
                     *(rng.randrange(count) for _ in range(4)), rng.choice([0, 2]),
                     rng.randint(0, 987), rng.randint(0, 2), rng.randint(0, 15),
                     rng.randint(0, 255), rng.randint(0, 1), rng.randint(0, 2),
                     *(rng.randrange(1 << 16) for _ in range(5)), rng.randint(0, 1)) for i in range(rng.randint(0, 8))]
    if rng.random() < 0.7:
        plan["bootargs"] = "".join(rng.choices("abc =,", k=rng.randint(1, 300))).strip() or "x"
    if rng.random() < 0.7:
        plan["initrd"] = (rng.randrange(1 << 40), rng.randint(1, 1 << 30))
    if rng.random() < 0.7:
        plan["memory"] = [(i << 32, rng.randrange(1, 1 << 31)) for i in range(rng.randint(1, 4))]
    if rng.random() < 0.5:
        plan["seed"] = rng.randbytes(rng.randint(1, 64)).hex()
    plan["disable"] = rng.sample(["/pl061@9030000", "/pl031@9010000", "/flash@0", "/pmu",
                                  "/virtio_mmio@a003e00"], rng.randint(0, 5))
    return plan


@pytest.mark.parametrize("seed", range(40))
def test_random_plans(tmp_path, seed):
    check(VIRT, random_plan(random.Random(seed)), tmp_path / "out.dtb")


def test_errors_have_names(tmp_path):
    for change, name in [({"cores": 0x30}, "CORE_ABSENT"), ({"disable": ["/nothing"]}, "MANIFEST_BROKEN")]:
        status, said = make(VIRT, DEMO | change, tmp_path / "out.dtb")
        assert status == 1
        assert said.startswith(name + ":")
        assert not (tmp_path / "out.dtb").exists()
