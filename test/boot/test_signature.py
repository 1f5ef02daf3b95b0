# SPDX-License-Identifier: BSD-2-Clause
"""Signed boot images, and every way known to get another past a loader that wants them signed.

The loader is the variant "test": it trusts the keys in build/test/fixtures/keys, any one of them, and
boots version 2 and up. An attacker here has no key, but changes whatever he likes of what was
signed, hashes and all.

The host's command has the loader's own code for all of this, so most attacks are tried on it alone. One
of each kind is booted, too: it has the mark `board`.
"""
import hashlib
import shutil
import struct

import libfdt
import pytest

from board import MAP, loader_file
from conftest import TRUST
from firmware import Elf, peer
from its import Image, manifest, run
from system import PEER_BASE, small
from tree import Tree as TreeInMemory

pytestmark = pytest.mark.needs("signature")

VERSION = 2
SIGNERS = ("rsa2048", "rsa3072", "rsa4096", "ecdsa256")
CONF = "/configurations/conf"
SIGNATURE = f"{CONF}/signature-1"
BOARD = pytest.mark.board
EVIL = PEER_BASE + 0x8000  # where an attacker's program would say that it ran


@pytest.fixture(scope="session")
def keys(build):
    return build / "test/fixtures/keys"


@pytest.fixture
def on_board(request):
    return request.node.get_closest_marker("board")


@pytest.fixture
def refused(on_board, refused, host):
    """refused(code, fit): by the host's command and, if marked so, by the board."""
    def run(code, fit):
        if on_board:
            refused(code, fit, loader="test")
        else:
            host.assert_refused(code, fit, TRUST["test"])

    return run


@pytest.fixture
def taken(on_board, boot, host):
    """taken(fit): likewise."""
    def run(fit, by="rsa2048"):
        if on_board:
            assert_signed_boot(boot(fit, loader="test"), by)
        else:
            host.assert_taken(fit, TRUST["test"])

    return run


@pytest.fixture
def system(tmp_path):
    """Covered: the manifest, the kernel, and the peer by `loadables`."""
    s = small(tmp_path)
    s.cover(VERSION)
    return s


@pytest.fixture
def sign(system, keys):
    """sign(by=…, …) → the path of a boot image, signed by mkimage."""
    def write(*flags, by="rsa2048", folder=keys, **node):
        system.configuration["signature-1"] = system.signature(by, **node)
        return system.write("-k", folder, *flags)

    return write


class Tree(TreeInMemory):
    """A boot image with in-line data, to be changed at will."""

    def __init__(self, path):
        super().__init__(path.read_bytes())
        self.path = path

    def write(self):
        self.path.write_bytes(self.packed())
        return self.path


@pytest.fixture
def evil():
    """A peer's program that nobody signed."""
    return peer(PEER_BASE, mark=EVIL)


# --- what boots -----------------------------------------------------------------------------------

def assert_signed_boot(t, by):
    assert not t.errors and t.of("enter")
    [signed] = [r for r in t.of("find") if r.what == f"signed by {by}"]
    assert signed.size == VERSION
    assert not [r for r in t.records if "DEVELOPMENT" in r.what]


LAYOUTS = {"inline": (), "external": ("-E",), "position": ("-E", "-p", "0x4000")}


@pytest.mark.parametrize("by, layout", [
    *(pytest.param(by, "inline", marks=BOARD) for by in SIGNERS),
    *(pytest.param("rsa2048", layout, marks=BOARD) for layout in ("external", "position")),
    *((by, layout) for by in SIGNERS[1:] for layout in ("external", "position"))])
def test_signed(taken, sign, by, layout):
    taken(sign(*LAYOUTS[layout], by=by), by)


@BOARD
def test_signed_by_two(taken, system, sign, keys):
    """By a key that the loader does not know, too."""
    system.configuration["signature-0"] = system.signature("stranger", algo="sha256,rsa2048")
    taken(sign(by="rsa4096"), "rsa4096")


@BOARD
def test_what_is_not_covered_may_change(taken, sign):
    """Nobody reads it, so it does no harm either: what the image says of its own signature."""
    tree = Tree(sign())
    tree.set(SIGNATURE, "hashed-nodes", "/nothing").set(SIGNATURE, "sign-images", "nothing")
    tree.set(SIGNATURE, "signer-name", "somebody").set("/configurations", "version", 1)
    taken(tree.write())


def test_development_keys(boot, system, sign, build):
    """The loader as it is built without KEYS_DTB says whom it trusts, whatever it then boots."""
    folder = build.parent / "keys/development"
    fit = sign(folder=folder, by="development", algo="sha256,rsa2048")
    t = boot(fit, loader="full")
    assert not t.errors and t.of("enter")
    found = [r.what for r in t.of("find")]
    assert found[-2:] == ["DEVELOPMENT KEYS trusted", "signed by development"]
    del system.configuration["signature-1"]
    t = boot(system.write(), loader="full")
    assert [e.name for e in t.errors] == ["SIGNATURE_MISSING"]
    assert "DEVELOPMENT KEYS trusted" in [r.what for r in t.of("find")]


def test_loader_without_the_feature(boot, sign):
    """It boots signed images like any other."""
    t = boot(sign())
    assert not t.errors and t.of("enter")


# --- several configurations: the one that the board's name chooses is the one that counts -----------

VIRT = "linux,dummy-virt"


@pytest.fixture
def two(system, sign):
    """two(**of the one for this board) → a boot image whose default one, signed, is for another."""
    def write(**more):
        system.configuration["compatible"] = "vendor,board"
        system.fit.more["virt"] = {**system.configuration, "compatible": VIRT,
                                   "signature-1": system.signature("rsa4096"), **more}
        return sign()

    return write


@pytest.mark.needs("tree")
def test_configuration_for_this_board(boot, two):
    t = boot(two(), loader="test")
    assert_signed_boot(t, "rsa4096")
    assert "configuration virt" in [r.what for r in t.of("find")]


@pytest.mark.needs("tree")
def test_configuration_for_this_board_is_not_signed(refused, two):
    refused("SIGNATURE_MISSING", two(**{"signature-1": None}))


@pytest.mark.needs("tree")
def test_configuration_for_this_board_is_too_old(refused, two):
    refused("ROLLBACK", two(version=VERSION - 1))


@pytest.mark.needs("tree")
def test_another_boards_configuration_made_ours(refused, two):
    tree = Tree(two())
    tree.del_node(tree.node("/configurations/virt"))
    refused("SIGNATURE_WRONG", tree.set(CONF, "compatible", VIRT).write())


@pytest.mark.needs("tree")
def test_configuration_added_for_this_board(refused, two):
    """A copy of one that is signed, with another name: the name is signed, too."""
    tree = Tree(two())
    tree.del_node(tree.node("/configurations/virt"))
    tree.copy(CONF, "/configurations", "added").set("/configurations/added", "compatible", VIRT)
    refused("SIGNATURE_WRONG", tree.write())


# --- who signed, and how ---------------------------------------------------------------------------

@BOARD
def test_unsigned(refused, system):
    refused("SIGNATURE_MISSING", system.write())


def test_signature_removed(refused, sign):
    tree = Tree(sign())
    tree.del_node(tree.node(SIGNATURE))
    refused("SIGNATURE_MISSING", tree.write())


def test_unsigned_and_unhashed(refused, system):
    """The manifest's permission is worth nothing here."""
    for context in system.contexts.values():
        context["allow-unhashed"] = True
    system.images["p"].hashes = system.images["kernel"].hashes = ()
    refused("SIGNATURE_MISSING", system.write())


@BOARD
def test_signed_by_a_stranger(refused, sign):
    refused("KEY_UNKNOWN", sign(by="stranger", algo="sha256,rsa2048"))


def test_signed_by_a_stranger_in_anothers_name(refused, sign, keys, tmp_path):
    folder = tmp_path / "keys"
    folder.mkdir()
    for suffix in ("key", "crt"):
        shutil.copy(keys / f"stranger.{suffix}", folder / f"rsa2048.{suffix}")
    refused("SIGNATURE_WRONG", sign(folder=folder))


@pytest.mark.parametrize("node", [
    pytest.param({"algo": "sha1,rsa2048"}, marks=BOARD), {"padding": "pss"}],
                         ids=["sha1", "pss"])
def test_algorithm(refused, sign, node):
    refused("SIGNATURE_ALGORITHM", sign(**node))


@pytest.mark.parametrize("by, bit", [
    pytest.param("rsa2048", 0, marks=BOARD), pytest.param("ecdsa256", 0, marks=BOARD),
    *((by, 137) for by in SIGNERS)])
def test_bit_of_the_signature(refused, sign, by, bit):
    refused("SIGNATURE_WRONG", Tree(sign(by=by)).flip(SIGNATURE, "value", bit).write())


def test_bit_of_the_key(refused_by, sign, keys):
    tree = libfdt.Fdt((keys / "keys.dtb").read_bytes())
    value = bytes(tree.getprop(tree.path_offset("/signature/key-rsa2048"), "rsa,modulus"))
    refused_by("SIGNATURE_WRONG", sign(), lambda loader: flip_byte(loader, value))


def flip_byte(loader, value):
    at = loader.index(value)
    assert loader.count(value) == 1
    loader[at + len(value) - 2] ^= 1


@pytest.fixture
def refused_by(boot, build, tmp_path):
    """By the test's loader, changed."""
    def run(code, fit, change):
        loader = bytearray((loader_file("test")).read_bytes())
        change(loader)
        (tmp_path / "loader.bin").write_bytes(loader)
        t = boot(fit, loader=tmp_path / "loader.bin")
        assert [e.name for e in t.errors] == [code] and not t.of("start")

    return run


# --- each covered property ---------------------------------------------------------------------------

@pytest.mark.parametrize("path, name", [
    ("/", "description"), ("/", "#address-cells"), ("/", "timestamp"),
    (CONF, "description"), (CONF, "version"), (CONF, "manifest"), (CONF, "kernel"),
    (CONF, "loadables"),
    ("/images/manifest", "type"), pytest.param("/images/kernel", "load", marks=BOARD), ("/images/kernel", "entry"),
    ("/images/kernel", "compression"), ("/images/p", "os"), ("/images/p", "arch"),
    ("/images/manifest/hash-1", "value"), ("/images/kernel/hash-1", "value"),
    ("/images/p/hash-1", "value"), ("/images/p/hash-1", "algo"),
])
def test_bit_of_a_property(refused, sign, path, name):
    bit = 8 if name in ("description", "algo", "type", "os", "arch", "compression", "manifest",
                        "kernel", "loadables") else 0  # not a string's NUL
    refused("SIGNATURE_WRONG", Tree(sign()).flip(path, name, bit).write())


@BOARD
def test_data(refused, sign):
    """It is covered by its hash, found wrong where it is read."""
    refused("HASH_WRONG", Tree(sign()).flip("/images/manifest", "data", 77).write())
    refused("HASH_WRONG", Tree(sign()).flip("/images/kernel", "data", 77).write())


@pytest.mark.parametrize("image", ["p", "kernel", "manifest"])
def test_data_with_its_hash(refused, sign, evil, image):
    refused("SIGNATURE_WRONG", Tree(sign()).replace(image, evil).write())


@pytest.mark.parametrize("path", ["/", CONF, "/images/p", "/images/p/hash-1"])
def test_property_added(refused, sign, path):
    refused("SIGNATURE_WRONG", Tree(sign()).set(path, "extra", 1).write())


# --- load over the loader: CVE-2018-18439, CVE-2018-18440 --------------------------------------------

@pytest.mark.parametrize("load", [pytest.param(MAP["LOADER_RAM_BASE"], marks=BOARD),
                                  MAP["LOADER_RAM_BASE"] + MAP["LOADER_RAM_SIZE"] - 4,
                                  MAP["LOADER_RAM_BASE"] - 0x100])
def test_image_over_the_loader(refused, system, sign, load):
    """Even if somebody with the key signs it."""
    system.images["kernel"].load = system.images["kernel"].entry = load
    refused("OVERLAP", sign())


def test_image_that_grows_over_the_loader(refused, system, sign):
    """It begins far below and is just long enough."""
    system.images["ramdisk"] = Image(b"070701  " * 0x80020, type="ramdisk",
                                     load=MAP["LOADER_RAM_BASE"] - 0x400000)
    system.contexts["linux"]["ramdisk"] = system.configuration["ramdisk"] = "ramdisk"
    system.contexts["linux"]["memory"] = (MAP["RAM_BASE"], MAP["RAM_SIZE"])
    refused("OVERLAP", sign("-E"))


def test_segment_over_the_loader(refused, system, sign):
    elf = Elf(system.images["p"].data)
    elf.segment(1, "paddr", MAP["LOADER_RAM_BASE"] + 0x100)
    system.images["p"].data = elf.bytes()
    refused("OVERLAP", sign())


# --- a configuration cloned or swapped: CVE-2020-10648 -----------------------------------------------

def cloned(tree, evil):
    """A copy of the configuration, signature included, with an image of the attacker's."""
    tree.copy(CONF, "/configurations", "evil").copy("/images/p", "/images", "e")
    return tree.replace("e", evil).set("/configurations/evil", "loadables", "e")


@BOARD
def test_configuration_cloned(refused, sign, evil):
    tree = cloned(Tree(sign()), evil)
    refused("SIGNATURE_WRONG", tree.set("/configurations", "default", "evil").write())


def test_configuration_cloned_with_its_image_under_the_same_name(refused, sign, evil):
    """hashed-nodes of the clone still names the signed one, which is there, too."""
    tree = cloned(Tree(sign()), evil)
    hashed = tree.get("/configurations/evil/signature-1", "hashed-nodes")
    assert CONF.encode() in hashed
    tree.set("/configurations/evil", "loadables", b"p\0e\0")
    refused("SIGNATURE_WRONG", tree.set("/configurations", "default", "evil").write())


def test_configuration_cloned_with_another_version(refused, system, sign):
    """The same images, so nothing but the configuration itself tells the two from each other."""
    system.configuration["version"] = VERSION - 1
    tree = Tree(sign()).copy(CONF, "/configurations", "evil")
    tree.set("/configurations/evil", "version", VERSION)
    refused("SIGNATURE_WRONG", tree.set("/configurations", "default", "evil").write())


@pytest.mark.parametrize("name", ["conf", "signed"])
def test_configurations_swapped(refused, sign, evil, name):
    """The attacker's gets the name of the signed one, or a new one beside it."""
    tree = cloned(Tree(sign()), evil)
    tree.set_name(tree.node(CONF), "other")
    tree.set_name(tree.node("/configurations/evil"), name)
    refused("SIGNATURE_WRONG", tree.set("/configurations", "default", name).write())


def two_configurations(system):
    """Another configuration, old but signed by mkimage as well."""
    system.images["old"] = Image(peer(PEER_BASE + 0x10000), load=PEER_BASE)
    system.fit.more["other"] = {**system.configuration, "version": 1, "loadables": ["old"],
                                "signature-1": system.signature()}


def test_signature_of_another_configuration(refused, system, sign):
    two_configurations(system)
    tree = Tree(sign())
    for name in ("value", "hashed-nodes", "hashed-strings"):
        tree.set(SIGNATURE, name, tree.get("/configurations/other/signature-1", name))
    refused("SIGNATURE_WRONG", tree.write())


@BOARD
def test_another_signed_configuration(refused, system, sign):
    """`default` is not covered: an older configuration can be chosen, but its version shows."""
    two_configurations(system)
    refused("ROLLBACK", Tree(sign()).set("/configurations", "default", "other").write())


# --- unit addresses and trees changed in form: CVE-2021-27097, CVE-2021-27138 ------------------------

@pytest.mark.parametrize("node", [pytest.param("/images/p@1", marks=BOARD), f"{CONF}@1", "/images@1", "/configurations@1"])
def test_unit_address(refused, sign, evil, node):
    """Libraries would take the first for the second, or the other way round."""
    tree = Tree(sign())
    parent, name = node.rsplit("/", 1)
    tree.copy(node.split("@")[0], parent or "/", "twin")
    if "images" in node:
        tree.set("/images/twin" if parent else "/twin/p", "data", evil)
    tree.set_name(tree.node(f"{parent}/twin"), name)
    refused("NODE_NAME", tree.write())


@pytest.mark.parametrize("node, changed", [
    pytest.param("/images/p", "/images/x", marks=BOARD), ("/images", "/xxxxxx/p"), (CONF, None), ("/configurations", None)])
def test_node_twice(refused, sign, evil, node, changed):
    """One more node of the same name in front of the signed one, with the attacker's data."""
    tree = Tree(sign())
    parent, name = node.rsplit("/", 1)
    tree.copy(node, parent or "/", "x" * len(name))
    if changed:
        tree.set(changed, "data", evil)
    data = tree.write().read_bytes()
    begin = struct.pack(">I", 1)  # FDT_BEGIN_NODE
    twin = begin + b"x" * len(name) + b"\0"
    assert data.count(twin) == 1 and data.index(twin) < data.index(begin + name.encode() + b"\0")
    tree.path.write_bytes(data.replace(twin, begin + name.encode() + b"\0"))
    refused("SIGNATURE_WRONG", tree.path)


def words(data, *at):
    return [struct.unpack_from(">I", data, n)[0] for n in at]


def test_second_root(refused, sign):
    """Behind the signed root, inside the structure block."""
    data = bytearray(sign().read_bytes())
    structure, size = words(data, 8, 36)
    assert words(data, structure + size - 4) == [9]
    second = struct.pack(">IIII", 1, 0, 2, 9)
    data[structure + size - 4:structure + size] = second
    for at in (4, 12 if words(data, 12)[0] > structure else 8, 36):
        struct.pack_into(">I", data, at, words(data, at)[0] + len(second) - 4)
    with_data = sign()
    with_data.write_bytes(data)
    refused("FIT_BROKEN", with_data)


def of_images(plan):
    """But where a boot image is read from a card to, as long as it says that it is."""
    return [line for line in plan if "loader staging" not in line]


@pytest.mark.parametrize("field", [4, 8, 12, 32, 36])
@pytest.mark.parametrize("change", [-4, 4])
def test_blocks_elsewhere(host, sign, field, change):
    """The header is not covered. Where it says something else, either nothing becomes of it, or
    what does is exactly what was signed."""
    fit = sign()
    trust = TRUST["test"]
    planned = of_images(host.plan(fit, trust))
    data = bytearray(fit.read_bytes())
    struct.pack_into(">I", data, field, words(data, field)[0] + change)
    fit.write_bytes(data)
    if host.run("check", *trust, fit).returncode:
        assert host.error(fit, trust)["stage"] == "find"
    else:
        assert planned and of_images(host.plan(fit, trust)) == planned


# --- images left out of signing: CVE-2026-33243 --------------------------------------------------------

def test_loadables_left_out_by_mistake(refused, sign):
    refused("SIGNATURE_WRONG", sign(**{"sign-images": ["manifest", "kernel"]}))


@BOARD
def test_hashed_nodes_without_an_image(refused, sign, evil):
    """U-Boot took the list of what is signed from the image."""
    tree = Tree(sign())
    nodes = tree.get(SIGNATURE, "hashed-nodes").split(b"\0")[:-1]
    keep = [n for n in nodes if not n.startswith(b"/images/p")]
    assert len(keep) == len(nodes) - 2
    tree.set(SIGNATURE, "hashed-nodes", b"".join(n + b"\0" for n in keep)).replace("p", evil)
    refused("SIGNATURE_WRONG", tree.write())


@BOARD
def test_image_that_only_the_manifest_names(refused, system, sign):
    """Left out of the configuration, it would be anybody's."""
    system.configuration["loadables"] = ["other"]
    system.images["other"] = Image(b"other", load=PEER_BASE + 0x20000)
    refused("NOT_SIGNED", sign())


@pytest.mark.parametrize("image, hashes", [
    pytest.param("p", ("sha1",), marks=BOARD), ("p", ("crc32",)), ("p", ("crc32", "sha1")),
    ("manifest", ("sha1",)), ("manifest", ("crc32", "sha1"))])
def test_weak_hash(refused, system, sign, image, hashes):
    system.images.setdefault("manifest", system.manifest).hashes = hashes
    if image != "manifest":
        system.manifest.hashes = ("sha256",)
        system.images["p"].hashes = hashes
    for context in system.contexts.values():
        context["allow-unhashed"] = True
    refused("HASH_WEAK", sign())


# --- offsets of the container: CVE-2016-10319, CVE-2026-34878 ------------------------------------------

OFFSETS = [("data-offset", 0xfffffff0), ("data-offset", MAP["SLOT_SIZE"]), ("data-size", 0xfffffff0),
           ("data-size", MAP["SLOT_SIZE"]), ("data-position", 0), ("data-position", 0xffffffff)]


@pytest.mark.parametrize("image, name, value", [
    pytest.param("p", *OFFSETS[0], marks=BOARD),
    *((image, *where) for image in ("p", "manifest") for where in OFFSETS[image == "p":])])
def test_data_outside(refused, sign, image, name, value):
    """These properties are not covered, mkimage writes them last."""
    fit = sign("-E")
    if name == "data-position":  # in place of data-offset, whose name it gets
        tree = libfdt.Fdt(bytearray(sign("-E", "-p", "0x8000").read_bytes()))
    else:
        tree = libfdt.Fdt(bytearray(fit.read_bytes()))
    tree.setprop(tree.path_offset(f"/images/{image}"), name, struct.pack(">I", value))
    fit.write_bytes(tree.as_bytearray())
    refused("IMAGE_DATA", fit)


@BOARD
def test_data_over_anothers(refused, sign):
    fit = sign("-E")
    tree = libfdt.Fdt(bytearray(fit.read_bytes()))
    other = tree.getprop(tree.path_offset("/images/kernel"), "data-offset")
    tree.setprop(tree.path_offset("/images/p"), "data-offset",
                 struct.pack(">I", other.as_uint32() + 4))
    fit.write_bytes(tree.as_bytearray())
    refused("IMAGE_DATA", fit)


def test_data_in_two_places(refused, sign, evil):
    """Which would be hashed, and which would be run?"""
    refused("FIT_BROKEN", Tree(sign()).set("/images/p", "data-position", 0x100000)
            .set("/images/p", "data-size", len(evil)).write())


@BOARD
def test_data_elsewhere(refused, sign, evil):
    """Behind the boot image, where the slot has room."""
    fit = sign("-E")
    data = bytearray(fit.read_bytes())
    tree = libfdt.Fdt(data)
    end = tree.totalsize() + 3 & ~3
    data += bytes(-len(data) % 8)
    tree.setprop(tree.path_offset("/images/p"), "data-offset", struct.pack(">I", len(data) - end))
    tree.setprop(tree.path_offset("/images/p"), "data-size", struct.pack(">I", len(evil)))
    fit.write_bytes(bytes(tree.as_bytearray())[:len(data)].ljust(len(data), b"\0") + evil)
    refused("HASH_WRONG", fit)


# --- what is not covered, next to what is: CVE-2024-32883 ----------------------------------------------

@pytest.mark.parametrize("path, name, value", [
    pytest.param(SIGNATURE, "version", 99, marks=BOARD), (SIGNATURE, "load", PEER_BASE),
    *((path, *said) for path in ("/configurations", "/images")
      for said in (("version", 99), ("load", PEER_BASE), ("kernel", "e")))])
def test_uncovered_property_of_a_covered_name(refused, taken, system, sign, path, name, value):
    """Too old an image says elsewhere that it is new. Nothing elsewhere counts."""
    taken(Tree(sign()).set(path, name, value).write())
    system.configuration["version"] = 1
    refused("ROLLBACK", Tree(sign()).set(path, name, value).write())


@BOARD
def test_hash_node_added(refused, sign, evil):
    """Of the attacker's data, beside the signed hash."""
    tree = Tree(sign()).copy("/images/p/hash-1", "/images/p", "hash-2")
    tree.set("/images/p", "data", evil)
    refused("SIGNATURE_WRONG",
            tree.set("/images/p/hash-2", "value", hashlib.sha256(evil).digest()).write())


def test_hash_algorithm_weakened(refused, sign, evil):
    tree = Tree(sign()).set("/images/p", "data", evil).set("/images/p/hash-1", "algo", "sha1")
    refused("SIGNATURE_WRONG",
            tree.set("/images/p/hash-1", "value", hashlib.sha1(evil).digest()).write())


@pytest.mark.parametrize("strings", [(0, 0), (4, None), (0, 0xffffffff), (0, 1)])
def test_covered_strings(refused, sign, strings):
    tree = Tree(sign())
    _, size = struct.unpack(">II", tree.get(SIGNATURE, "hashed-strings"))
    offset, other = strings
    value = struct.pack(">II", offset, size if other is None else other)
    refused("SIGNATURE_WRONG", tree.set(SIGNATURE, "hashed-strings", value).write())


def test_name_of_a_property(refused, sign):
    """The names lie in a block of their own: `load` becomes `loae`."""
    data = bytearray(sign().read_bytes())
    strings, size = words(data, 12, 32)
    at = data.index(b"\0load\0", strings, strings + size)
    data[at + 4] ^= 1
    path = sign()
    path.write_bytes(data)
    refused("SIGNATURE_WRONG", path)


# --- rollback ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("version", [pytest.param(1, marks=BOARD), 0, None])
def test_rollback(refused, system, sign, version):
    system.configuration["version"] = version
    refused("ROLLBACK", sign())


def test_newer(taken, system, sign):
    system.configuration["version"] = 0xffffffff
    taken(sign())


def test_version_of_an_old_image_raised(refused, system, sign):
    system.configuration["version"] = 1
    refused("SIGNATURE_WRONG", Tree(sign()).set(CONF, "version", VERSION).write())


def test_version_of_two_cells(refused, system, sign):
    system.configuration["version"] = [0, VERSION]
    refused("FIT_BROKEN", sign())


# --- the manifest ------------------------------------------------------------------------------------------

@BOARD
def test_manifest_exchanged(refused, system, sign, tmp_path):
    """With a permission that would have helped, were it read before the signature held."""
    fit = sign()
    for context in system.contexts.values():
        context["allow-unhashed"] = True
    other = manifest(tmp_path / "other", system.contexts)
    refused("SIGNATURE_WRONG", Tree(fit).replace("manifest", other).write())
    refused("HASH_WRONG", Tree(sign()).set("/images/manifest", "data", other).write())
