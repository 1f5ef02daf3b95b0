# SPDX-License-Identifier: BSD-2-Clause
"""peerboot for a board of several clusters, of which one sees memory elsewhere: test/fixtures/clusters."""
import json
import subprocess

import jsonschema
import pytest

from host_command import BUILD, OK, REFUSED, TOP, TREE
from board import MAP
from firmware import peer
from its import Image
from system import small

COMMAND = BUILD / "host-tool/clusters/peerboot"
SCHEMA = json.loads((TOP / "tools/peerboot/plan.schema.json").read_text())
TCM = {"base": MAP["PEER_C_BASE"], "size": MAP["PEER_C_SIZE"], "at": 0}


def run(command, *arguments, status=OK):
    done = subprocess.run([COMMAND, command, "--board=clusters", f"--fdt={TREE}", *arguments], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == status, done.stdout + done.stderr
    return done


def plan(system, status=OK):
    found = json.loads(run("plan", "--json", system.write(), status=status).stdout)
    jsonschema.validate(found, SCHEMA)
    return found


@pytest.fixture
def system(tmp_path):
    """The peer is linked for 0, where realtime's cores have their memory, and is on their second core."""
    s = small(tmp_path)
    mark = MAP["PEER_C_BASE"] + 0x100000
    s.images["p"] = Image(peer(0, mark))
    s.contexts["p"] = {"cluster": "realtime", "cpus": 0x2, "memory": (MAP["PEER_C_BASE"], 0x10000), "image": "p"}
    return s


def test_view(system):
    found = plan(system)
    linux, p = found["contexts"]
    assert (linux["cluster"], linux["cores"], linux["sees"]) == ("application", [0], [])
    assert (p["cluster"], p["cores"], p["core"]) == ("realtime", [0x101], 0x101)
    assert p["sees"][0] == TCM and len(p["sees"]) == 3
    assert [c["sees"] for c in found["clusters"]] == [[], p["sees"], found["clusters"][2]["sees"]]
    assert [c["name"] for c in found["clusters"]] == ["application", "realtime", "control"]
    assert p["entry"] < 0x10000
    assert p["images"][0]["segments"][0]["base"] == MAP["PEER_C_BASE"]
    text = run("plan", system.write()).stdout
    base, end = MAP["PEER_C_BASE"], MAP["PEER_C_BASE"] + MAP["PEER_C_SIZE"]
    assert f"sees {base:08x}..{end:08x} at 00000000" in text
    assert f"core 101 enters elf32 at {p['entry']:08x}" in text
    clusters = [line.split()[-1] for line in text.splitlines() if " of cluster " in line]
    assert clusters == ["application:", "realtime:"]


def test_view_is_one_clusters(system):
    """Only for that cluster: where Linux's sees 0 there is flash."""
    system.contexts["p"] |= {"cluster": "application", "cpus": 0x2}
    assert plan(system, REFUSED)["error"]["name"] in ("OUTSIDE_RAM", "OUTSIDE_MEMORY")


def test_segment_out_of_sight(system):
    system.images["p"] = Image(peer(MAP["PEER_B_BASE"]))
    error = plan(system, REFUSED)["error"]
    assert error["name"] == "OUTSIDE_VIEW" and "nothing that realtime sees" in error["text"]
    assert "OUTSIDE_VIEW (-73)" in run("check", system.write(), status=REFUSED).stderr


def test_segment_in_what_is_held_with_its_core(system):
    base = MAP["PEER_C_SIZE"]
    system.images["p"] = Image(peer(base))
    system.contexts["p"]["memory"] = (MAP["INITRD_BASE"], 0x10000)
    error = plan(system, REFUSED)["error"]
    assert error["name"] == "OUTSIDE_MAP" and "while realtime is in reset" in error["text"]


def test_core_in_no_cluster(system):
    system.contexts["p"]["cpus"] = 0x4
    assert plan(system, REFUSED)["error"]["name"] == "CORE_ABSENT"


def test_unknown_cluster(system):
    system.contexts["p"]["cluster"] = "m4"
    error = plan(system, REFUSED)["error"]
    assert error["name"] == "CORE_UNKNOWN" and "application, realtime, control" in error["text"]


def test_core_that_the_tree_has_not_listed_is_there(system):
    """The tree lists four cores of application's kind, of which the board knows two."""
    system.contexts["p"]["cpus"] = 0x1
    assert plan(system)["contexts"][1]["core"] == 0x100


def test_linux_in_another_cluster(system):
    system.contexts["linux"]["cluster"] = "realtime"
    assert plan(system, REFUSED)["error"]["name"] == "CORE_START"


def width(system):
    error = plan(system, REFUSED)["error"]
    return error["name"], error["stage"]


def test_image_of_another_instruction_set(system):
    system.images["p"].more.update(arch="arm64")
    assert width(system) == ("CORE_WIDTH", "plan")


@pytest.mark.parametrize("thumb", [True, False])
def test_entry_state(system, thumb):
    """Cores of control have Thumb state alone."""
    system.images["p"] = Image(peer(MAP["PEER_B_BASE"], thumb=thumb))
    system.contexts["p"] = {"cluster": "control", "cpus": 0x1, "memory": (MAP["PEER_B_BASE"], 0x10000), "image": "p"}
    if thumb:
        assert plan(system)["contexts"][1]["core"] == 0x200
    else:
        assert width(system) == ("CORE_WIDTH", "plan")
