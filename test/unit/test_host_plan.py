# SPDX-License-Identifier: BSD-2-Clause
"""peerboot plan: what it says against what others read in the same images. That its table is the
board's is for the tests in test/boot."""
import io
import json

import jsonschema
import libfdt
import pytest
from elftools.elf.elffile import ELFFile

from host_command import BUILD, OK, REFUSED, TOP, on_virt
from board import MAP
from firmware import Elf, elf64, peer
from its import Image
from system import PEER_BASE, linked, small

DEMO = BUILD / "virt/demo/boot.itb"
SCHEMA = json.loads((TOP / "tools/peerboot/plan.schema.json").read_text())


def plan(image, status=OK, *options):
    found = json.loads(on_virt("plan", "--json", *options, image, status=status).stdout)
    jsonschema.validate(found, SCHEMA)
    return found


def by_name(things):
    return {thing["name"]: thing for thing in things}


@pytest.fixture(scope="module")
def demo():
    return plan(DEMO)


@pytest.fixture
def system(tmp_path):
    return small(tmp_path)


def range_of(thing):
    return thing["base"], thing["size"]


def test_claims_are_the_tables(demo):
    """The same as the text says, which is by address."""
    lines = [line.split() for line in on_virt("plan", DEMO).stdout.splitlines()]
    table = {(int(line[0][:8], 16), int(line[1])) for line in lines if line and ".." in line[0]}
    assert table == {range_of(claim) for claim in demo["claims"]}
    assert demo["error"] is None


def test_images_are_the_elfs(demo):
    contexts = by_name(demo["contexts"])
    for name in "bc":
        path = BUILD / f"virt/images/echo-{name}.stripped.elf"
        elf = ELFFile(io.BytesIO(path.read_bytes()))
        [image] = contexts[name]["images"]
        assert image["format"] == "elf32" and image["bytes"] == path.stat().st_size
        assert [range_of(s) for s in image["segments"]] == [
            (s["p_paddr"], s["p_memsz"]) for s in elf.iter_segments("PT_LOAD") if s["p_memsz"]]
        assert contexts[name]["entry"] + contexts[name]["thumb"] == elf["e_entry"]
        table = elf.get_section_by_name(".resource_table")
        assert range_of(contexts[name]["table"]) == (table["sh_addr"], table["sh_size"])


@pytest.mark.parametrize("thumb", [False, True])
def test_thumb(system, tmp_path, thumb):
    system.images["p"].data = peer(PEER_BASE, thumb=thumb)
    context = by_name(plan(system.write())["contexts"])["p"]
    assert context["thumb"] == thumb and context["entry"] % 4 == 0


def test_images_are_the_fits(demo):
    fit = libfdt.Fdt(DEMO.read_bytes())
    assert demo["fit_bytes"] == DEMO.stat().st_size
    for context in demo["contexts"]:
        for image in context["images"]:
            node = fit.path_offset(f"/images/{image['name']}")
            assert image["bytes"] == image["at"]["size"] == len(fit.getprop(node, "data"))
            assert image["hashes"] == ["sha256"]
            at = image["at"]["base"] - demo["slots"][0]["base"]
            assert DEMO.read_bytes()[at:at + image["bytes"]] == bytes(fit.getprop(node, "data"))


def test_board(demo):
    flash, (first, second) = range_of(demo["flash"]), map(range_of, demo["slots"])
    assert flash == (MAP["FLASH_BASE"], MAP["FLASH_SIZE"])
    assert first == (flash[0] + MAP["SLOT_A_OFFSET"], MAP["SLOT_SIZE"])
    assert second == (flash[0] + MAP["SLOT_B_OFFSET"], MAP["SLOT_SIZE"])
    assert demo["clusters"] == [{"name": "a15", "sees": []}]


def test_whose_claims_are(demo):
    """And what is the board's, which need not be in RAM."""
    links = {claim["owner"] for claim in demo["claims"] if claim["link"]}
    assert links == {"linux-b", "linux-c"} and all(c["link"] in (None, c["owner"]) for c in demo["claims"])
    held = {demo["claims"][c["parent"]]["name"] for c in demo["claims"] if c["parent"] is not None}
    assert held <= {claim["name"] for claim in demo["claims"] if claim["holds"]}
    assert [claim["name"] for claim in demo["claims"] if claim["foreign"]] == ["board device tree"]


def test_links_are_what_linux_sees(demo, tmp_path):
    on_virt("check", "--linux-fdt", tmp_path / "linux.dtb", DEMO)
    tree = libfdt.Fdt((tmp_path / "linux.dtb").read_bytes())
    for link in demo["links"]:
        assert [end["role"] for end in link["ends"]] == ["master", "remote"]
        for n, vring in enumerate(link["vrings"]):
            node = tree.path_offset(f"/reserved-memory/vdev0vring{n}@{vring['base']:x}")
            reg = bytes(tree.getprop(node, "reg"))
            assert reg == vring["base"].to_bytes(8, "big") + vring["size"].to_bytes(8, "big")
        node = tree.path_offset(f"/link-{link['ends'][1]['context']}")
        interrupts = bytes(tree.getprop(node, "interrupts"))
        assert link["ends"][0]["doorbell"] == {
            "type": "SPI", "number": int.from_bytes(interrupts[4:8], "big")}


def test_parents_hold_their_children(demo):
    claims = demo["claims"]
    children = [claim for claim in claims if claim["parent"] is not None]
    assert children
    for child in children:
        parent = claims[child["parent"]]
        assert parent["base"] <= child["base"]
        assert child["base"] + child["size"] <= parent["base"] + parent["size"]


def overlaps(a, b):
    return a["base"] < b["base"] + b["size"] and b["base"] < a["base"] + a["size"]


def test_overlap(system):
    elf = Elf(system.images["p"].data)
    elf.segment(1, "paddr", MAP["LOADER_RAM_BASE"] + 0x100)
    system.images["p"].data = elf.bytes()
    image = system.write()
    found = plan(image, REFUSED)
    assert found["error"]["name"] == "OVERLAP" and found["error"]["stage"] == "plan"
    claims = found["claims"]
    guilty = {claim["name"]: claim for claim in claims if claim["conflicts"]}
    assert set(guilty) == {"loader memory", "p segment 1"}
    for claim in guilty.values():
        assert all(overlaps(claim, claims[i]) for i in claim["conflicts"])
    text = on_virt("plan", image, status=REFUSED).stdout.split("\n\n")[0].splitlines()
    assert len(text) == len(claims)
    marked = [line[2:].rsplit(" ", 1)[0] for line in text if line[0] == "!"]
    assert sorted(marked) == sorted(guilty)


def test_phases_may_share(system):
    """The room of a zImage over the board's tree: both have it, one after the other."""
    kernel = (BUILD / "linux/zImage").read_bytes()
    system.images["kernel"] = Image(kernel, type="kernel", load=0x42000000, entry=0x42000000)
    claims = by_name(plan(system.write())["claims"])
    assert claims["linux decompressed"]["running"] and not claims["linux decompressed"]["loading"]
    assert claims["board device tree"]["loading"] and not claims["board device tree"]["running"]


def test_refused_before_there_is_a_plan(tmp_path):
    (tmp_path / "nothing").write_bytes(b"\xff" * 4096)
    found = plan(tmp_path / "nothing", REFUSED)
    assert found["error"]["number"] == -1
    assert found["claims"] == found["contexts"] == found["links"] == []
    assert on_virt("plan", tmp_path / "nothing", status=REFUSED).stdout == ""


@pytest.mark.parametrize("stage", ["plan", "load"])
def test_optional(tmp_path, stage):
    s = linked(tmp_path, BUILD)
    s.contexts["b"]["optional"] = True
    if stage == "plan":
        s.images["b"].hashes = ()
    fit = s.write()
    if stage == "load":
        data = fit.read_bytes()
        at = data.index(s.images["b"].data) + len(s.images["b"].data) // 2
        fit.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
    found = plan(fit)
    contexts, links = by_name(found["contexts"]), by_name(found["links"])
    assert contexts["b"]["failed"]["stage"] == stage and contexts["c"]["failed"] is None
    assert links["linux-b"]["failed"] and not links["linux-c"]["failed"]


def test_clusters(system, tmp_path):
    """By hardware ids, whatever the manifest calls the cluster. The loader is one that takes their names."""
    loader = tmp_path / "loader"
    loader.write_bytes(b"peerboot on virt:clusters explain\0")
    found = plan(system.write(), OK, "-L", loader)
    assert [(c["cluster"], c["cores"], c["core"]) for c in found["contexts"]] == [
        ("a15", [0], 0), ("a15", [2], 2)]
    system.contexts["p"]["cluster"] = "a15"
    system.manifest.data = b""
    assert plan(system.write(), OK, "-L", loader)["contexts"] == found["contexts"]
    system.contexts["p"]["cluster"] = "r5"
    system.manifest.data = b""
    found = plan(system.write(), REFUSED, "-L", loader)
    assert found["error"]["name"] == "CORE_UNKNOWN" and "no cluster r5: the board has a15" in found["error"]["text"]
    assert [c["cluster"] for c in found["contexts"]] == ["a15", None]


def test_names_are_escaped(system):
    system.contexts["p"]["image"] = r'a\"\\\x01\xff'  # as in a device-tree source
    found = plan(system.write(), REFUSED)
    assert 'a"\\\x01\xff' in found["error"]["text"]


def test_output(tmp_path):
    assert on_virt("plan", "-o", tmp_path / "plan", DEMO).stdout == ""
    assert (tmp_path / "plan").read_text() == on_virt("plan", DEMO).stdout


# --- images for 64-bit cores, and several configurations --------------------------------------------

def test_64_bit_images_are_planned(system):
    """Refused, but all of the plan is there, and as text it is what the board prints in front."""
    system.images["p"].data = elf64(PEER_BASE)
    fit = system.write()
    found = plan(fit, REFUSED)
    assert found["error"]["name"] == "CORE_WIDTH"
    context = by_name(found["contexts"])["p"]
    assert (context["bits"], context["entry"], context["failed"]) == (64, PEER_BASE, None)
    assert [image["format"] for image in context["images"]] == ["elf64"]
    text = on_virt("plan", fit, status=REFUSED).stdout
    assert f"enters elf64 at {PEER_BASE:08x}" in text
    assert text.count(f"{PEER_BASE:08x}..") == found_at(found, PEER_BASE)


def found_at(found, base):
    return len([claim for claim in found["claims"] if claim["base"] == base])


@pytest.fixture
def boards(system):
    """A boot image for anybody, and for two kinds of boards."""
    for name, compatible in (("one", "test,one"), ("family", ["test,two", "test,family"])):
        system.fit.more[name] = {"manifest": "manifest", "compatible": compatible}
    return system.write()


def chosen(found):
    return [c["name"] for c in found["configurations"] if c["chosen"]]


@pytest.mark.parametrize("names, wanted", [
    ((), "conf"), (("test,one",), "one"), (("test,family",), "family"), (("test,three",), "conf"),
    (("test,three", "test,family", "test,one"), "family"), (("test,one", "test,two"), "one")])
def test_configuration_by_name(boards, names, wanted):
    options = [f"--compatible={name}" for name in names]
    found = json.loads(on_virt("plan", "--json", *options, boards).stdout)
    assert chosen(found) == [wanted]
    assert f"configuration {wanted}" in on_virt("check", "-v", *options, boards).stdout


def test_configurations_are_listed(boards):
    configurations = by_name(plan(boards)["configurations"])
    assert {name: c["compatible"] for name, c in configurations.items()} == {
        "conf": [], "one": ["test,one"], "family": ["test,two", "test,family"]}
    assert [name for name, c in configurations.items() if c["default"]] == ["conf"]
    lines = on_virt("plan", "-c", "test,two", boards).stdout.splitlines()
    assert [line for line in lines if line.startswith("configuration ")] == [
        "configuration conf, default", "configuration one, for test,one",
        "configuration family, for test,two, test,family: chosen"]


def test_no_configuration_for_the_board(system):
    """They are listed even so."""
    system.fit.default = None
    system.configuration["compatible"] = "test,one"
    fit = system.write()
    found = plan(fit, REFUSED)
    assert found["error"]["name"] == "NO_CONFIGURATION" and chosen(found) == []
    assert "linux,dummy-virt" in found["error"]["text"]
    assert "configuration conf, for test,one" in on_virt("plan", fit, status=REFUSED).stdout
    assert chosen(json.loads(on_virt("plan", "-j", "-c", "test,one", fit).stdout)) == ["conf"]


def test_a_context_without_memory_claims_its_image(tmp_path):
    """All of it, its trace, which its table names, in a segment as ordinary firmware has it in .bss."""
    system = linked(tmp_path, BUILD)
    del system.contexts["b"]["memory"]
    elf = ELFFile(io.BytesIO(system.images["b"].data))
    trace = (MAP["TRACE_B_BASE"], MAP["TRACE_SIZE"])
    claims = {claim["name"]: range_of(claim) for claim in plan(system.write())["claims"]}
    segments = [(s["p_paddr"], s["p_memsz"]) for s in elf.iter_segments("PT_LOAD")]
    assert [claims[f"b segment {n}"] for n in range(len(segments))] == segments
    assert trace in segments and "b trace" not in claims
