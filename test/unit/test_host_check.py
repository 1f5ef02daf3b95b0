# SPDX-License-Identifier: BSD-2-Clause
"""peerboot check on the host. That it agrees with the board is for the tests in test/boot: every
image that they boot is checked by it, too. Here: files, options, and the tree that Linux gets."""
import gzip
import shutil
import subprocess

import libfdt
import pytest

from host_command import BOARDS, BUILD, OK, REFUSED, TOP, TREE, USAGE, on_virt, peerboot
from board import MAP
from firmware import Elf
from its import Image, compile_tree
from system import PEER_BASE, linked, small
from test_errors import board_tree

DEMO = BUILD / "virt/demo/boot.itb"


@pytest.fixture
def system(tmp_path):
    return small(tmp_path)


def error_of(done):
    """What stands in front of the sentence, on the only line of standard error."""
    [line] = done.stderr.splitlines()
    return line.split(": ")[1]


@pytest.mark.parametrize("image", ["boot.itb", "flash.img"])
def test_demo(image):
    done = on_virt("check", BUILD / "virt/demo" / image)
    assert done.stdout.endswith(": ok\n") and not done.stderr


def test_demo_by_short_options_from_anywhere(tmp_path):
    peerboot("check", DEMO.resolve(), "-b", "virt", "-f", TREE.resolve(), cwd=tmp_path)


def test_error(system):
    system.images["p"].hashes = ()
    done = on_virt("check", system.write(), status=REFUSED)
    assert error_of(done) == "error NO_HASH (-6) in plan" and not done.stdout


@pytest.mark.parametrize("base, to", [
    (MAP["RAM_BASE"], MAP["RAM_BASE"] + MAP["RAM_SIZE"]),
    (MAP["FLASH_BASE"], MAP["SLOT_B_OFFSET"]),
    (MAP["FLASH_BASE"], MAP["UART_BASE"]),
], ids=["nothing", "flash", "device"])
def test_ram_that_the_loader_does_not_reach(system, tmp_path, base, to):
    """The board's tree has RAM where the loader has mapped none: the board would fault."""
    tree = board_tree()
    tree["memory@40000000"]["reg"] = (0, base, 0, MAP["RAM_BASE"] + 2 * MAP["RAM_SIZE"] - base)
    (tmp_path / "tree").write_bytes(compile_tree(tmp_path, "board", tree))
    elf = Elf(system.images["p"].data)
    elf.segment(1, "paddr", to)
    system.images["p"].data = elf.bytes()
    del system.contexts["p"]["memory"]
    done = peerboot("check", "-b", "virt", "-f", tmp_path / "tree", system.write(), status=REFUSED)
    assert error_of(done) == "error OUTSIDE_MAP (-44) in plan"
    assert f"p segment 1 0x{to:08x}.." in done.stderr


@pytest.mark.parametrize("compatible", [None, "vendor,one"])
def test_no_configuration_for_the_board(system, compatible):
    """The board's name is said, and whose there are."""
    system.fit.default = None
    path = system.write()
    its = path.with_suffix(".its").read_text()
    if compatible:
        its = its.replace("configurations {", "configurations { other { manifest = \"manifest\"; "
                          f"compatible = \"{compatible}\"; }};", 1)
        path.with_suffix(".its").write_text(its)
        subprocess.run(["mkimage", "-f", path.with_suffix(".its"), path], check=True,
                       capture_output=True)
    done = on_virt("check", path, status=REFUSED)
    assert error_of(done) == "error NO_CONFIGURATION (-5) in find"
    assert "linux,dummy-virt" in done.stderr and (compatible or "none") in done.stderr


# --- the board's device tree ---------------------------------------------------------------------

def test_without_a_tree():
    """The board would have one: nothing is said against the image."""
    done = peerboot("check", "-b", "virt", DEMO, status=USAGE)
    assert "--fdt" in done.stderr and "peerboot-dumpfdt --board virt" in done.stderr


def test_tree_in_the_image(system, tmp_path):
    tree = compile_tree(tmp_path, "board", board_tree())
    system.images["fdt"] = Image(tree, type="flat_dt")
    system.contexts["linux"]["fdt"] = "fdt"
    peerboot("check", "-b", "virt", system.write())


def test_tree_without_enough_cores(tmp_path):
    tree = board_tree()
    del tree["cpus"]["cpu@3"]
    (tmp_path / "tree").write_bytes(compile_tree(tmp_path, "board", tree))
    done = peerboot("check", "-b", "virt", "-f", tmp_path / "tree", DEMO, status=REFUSED)
    assert error_of(done) == "error CORE_ABSENT (-32) in plan"


def test_tree_that_the_board_has_no_room_for(tmp_path):
    (tmp_path / "tree").write_bytes(bytes(0x100001))
    peerboot("check", "-b", "virt", "-f", tmp_path / "tree", DEMO, status=USAGE)


# --- the documented way ----------------------------------------------------------------------------

def test_documented_lines():
    """As they stand in docs/boot-image.md, but for the folder, and for the boot at the end."""
    text = (TOP / "docs/boot-image.md").read_text()
    lines = text[text.index("## Make and check it"):].split("```")[1].strip().splitlines()
    assert lines.pop().startswith("tools/run ")
    mine = BUILD / "virt/mine-of-a-test"
    try:
        script = "\n".join(["set -e", *lines]).replace("build/virt/mine", str(mine))
        subprocess.run(["sh", "-c", script], cwd=TOP, check=True, capture_output=True)
        on_virt("check", mine / "boot.itb")
        on_virt("check", mine / "flash.img")
    finally:
        shutil.rmtree(mine, ignore_errors=True)


# --- optional contexts ---------------------------------------------------------------------------

@pytest.fixture
def broken_b(tmp_path):
    s = linked(tmp_path, BUILD)
    s.contexts["b"]["optional"] = True
    s.images["b"].hashes = ()
    return s.write()


def test_optional(broken_b):
    done = on_virt("check", broken_b)
    assert done.stderr.startswith("peerboot: b: NO_HASH (-6) in plan: ")
    assert done.stdout.endswith(": ok, without b\n")


def test_optional_strictly(broken_b):
    assert on_virt("check", "--strict", broken_b, status=REFUSED).stdout.endswith("without b\n")
    on_virt("check", "--strict", DEMO)


# --- the tree that Linux would get ---------------------------------------------------------------

def test_linux_fdt(tmp_path):
    on_virt("check", "--linux-fdt", tmp_path / "linux.dtb", DEMO)
    tree = libfdt.Fdt((tmp_path / "linux.dtb").read_bytes())
    chosen = tree.path_offset("/chosen")
    assert tree.getprop(chosen, "bootargs").as_str() == "console=ttyAMA0 panic=-1"
    assert tree.getprop(chosen, "linux,initrd-start").as_uint64() == MAP["INITRD_BASE"]
    assert tree.path_offset("/cpus/cpu@1") > 0
    assert tree.path_offset("/cpus/cpu@2", [libfdt.NOTFOUND]) == -libfdt.NOTFOUND
    for name in ("TABLE_B_BASE", "TABLE_C_BASE"):
        assert tree.path_offset(f"/reserved-memory/rsc-table@{MAP[name]:x}") > 0


def test_linux_fdt_without_linux(tmp_path, system):
    system.contexts = {"p": system.contexts["p"]}
    on_virt("check", "-l", tmp_path / "linux.dtb", system.write(), status=USAGE)


# --- signatures ----------------------------------------------------------------------------------

DEVELOPMENT = BUILD / "keys/development.dtb"


@pytest.mark.parametrize("command", ["check", "plan", "map"])
def test_signed(command):
    """The demo is signed with the key for development."""
    on_virt(command, "-k", DEVELOPMENT, "-m", "0", DEMO)
    done = on_virt(command, "-k", DEVELOPMENT, "-m", "1000", DEMO, status=REFUSED)
    assert done.stderr.startswith("peerboot: error ROLLBACK (-87) in find")


@pytest.mark.parametrize("arguments, error", [
    ([f"--keys={DEVELOPMENT}"], None),
    ([f"--keys={DEVELOPMENT}", "--minimum=1"], None),
    ([f"--keys={DEVELOPMENT}", "-m", "2"], "error ROLLBACK (-87) in find"),
    (["-k", BUILD / "test/fixtures/keys/keys.dtb"], "error KEY_UNKNOWN (-83) in find"),
])
def test_keys(arguments, error):
    done = on_virt("check", *arguments, DEMO, status=REFUSED if error else OK)
    assert not error or error_of(done) == error


def test_says_who_is_trusted():
    """As the loader does at each boot: keys that everybody has must not get into a product unseen."""
    done = on_virt("check", "-v", "-k", DEVELOPMENT, DEMO)
    assert "DEVELOPMENT KEYS trusted" in done.stdout and "signed by development" in done.stdout
    assert "KEYS" not in on_virt("check", "-v", DEMO).stdout


def test_unsigned(system):
    done = on_virt("check", f"--keys={DEVELOPMENT}", system.write(), status=REFUSED)
    assert error_of(done) == "error SIGNATURE_MISSING (-80) in find"


@pytest.mark.parametrize("argument", [
    "--keys=/dev/null", f"--keys={TREE}", "--keys=/nonexistent", "--without=signature", "--without=",
    "--minimum=1",
])
def test_no_keys_no_feature(argument):
    on_virt("check", argument, DEMO, status=USAGE)


@pytest.mark.parametrize("number", ["", "x", "1x", "0x100000000", "-1"])
def test_no_number(number):
    """With keys, without which no number is taken."""
    on_virt("check", f"--keys={DEVELOPMENT}", f"--minimum={number}", DEMO, status=USAGE)


# --- which loader it speaks for ------------------------------------------------------------------

DEFAULT = ["arm64", "attach", "clusters", "devices", "explain", "interrupts", "regions", "sha1", "uimage"]
LOADERS = {"virt-small": [], "virt": DEFAULT, "virt-slots": ["attach", "overlays", "regions"],
           "virt-unpack": ["decompression", "overlays", *DEFAULT]}


def loader_file(name, kind):
    return BUILD / name / f"peerboot.{kind}"


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize("kind", ["bin", "elf"])
def test_loader(system, name, kind):
    """What is checked here boots there: a gzip image, by the features of the loader's own file."""
    wanted, others = LOADERS[name], set(LOADERS["virt-unpack"]) - set(LOADERS[name])
    said = on_virt("check", "--loader", loader_file(name, kind), system.write()).stdout.splitlines()[0]
    assert all(feature in said for feature in wanted) and not any(f in said for f in others)
    assert str(loader_file(name, kind)) in said
    system.images["p"].data = gzip.compress(system.images["p"].data)
    system.images["p"].compression = "gzip"
    path = system.write()
    good = "decompression" in wanted
    for command in ("check", "plan", "map"):
        done = on_virt(command, "-L", loader_file(name, kind), path, status=OK if good else REFUSED)
        assert good or done.stderr.startswith("peerboot: error IMAGE_FORMAT (-11) in plan")


def test_loader_by_name(system):
    assert "with attach, overlays, regions, as virt-slots" in on_virt("check", "-L", "virt-slots", system.write()).stdout
    assert "with arm64, attach, clusters, devices, explain, interrupts, regions, sha1, uimage, as virt" in on_virt("check", "-L", "virt", system.write()).stdout
    assert "without features" in on_virt("check", "-L", "virt-small", system.write()).stdout


def test_loader_in_a_flash_image(system):
    assert "with arm64, attach, clusters, devices, explain, interrupts, regions, sha1, uimage" in on_virt("check", "-L", BUILD / "virt/demo/flash.img", system.write()).stdout


def test_no_loader_in_particular(system):
    """Then it says so, and for which it speaks."""
    said = on_virt("check", system.write()).stdout.splitlines()[0]
    assert all(feature in said for feature in LOADERS["virt-unpack"]) and "--loader" in said
    said = on_virt("check", "--without=decompression", system.write()).stdout.splitlines()[0]
    assert "decompression" not in said and "overlays" in said


@pytest.mark.parametrize("kind", ["bin", "elf"])
def test_loader_that_checks_signatures(system, kind):
    """By the keys and the lowest version that are built into it, without being told."""
    full, test = loader_file("virt-full", kind), loader_file("virt-test", kind)
    assert "signature" in on_virt("check", "-L", full, DEMO).stdout.splitlines()[0]
    done = on_virt("check", "-L", full, system.write(), status=REFUSED)
    assert error_of(done) == "error SIGNATURE_MISSING (-80) in find"
    assert error_of(on_virt("check", "-L", test, DEMO, status=REFUSED)) == \
        "error KEY_UNKNOWN (-83) in find"
    done = on_virt("check", "-L", test, f"--keys={DEVELOPMENT}", DEMO, status=REFUSED)
    assert error_of(done) == "error ROLLBACK (-87) in find"  # its lowest version is 2
    on_virt("check", "-L", full, "-m", "1", DEMO)


@pytest.mark.parametrize("arguments", [
    ["-L", "nobody"], ["-L", DEMO], ["-L", "/dev/null"], ["-L", "virt-full"],
    ["-L", "virt", f"--keys={DEVELOPMENT}"],
], ids=lambda a: "-".join(str(getattr(x, "name", x)).rsplit("/", maxsplit=1)[-1] for x in a))
def test_no_such_loader(arguments):
    done = on_virt("check", *arguments, DEMO, status=USAGE)
    assert done.stderr and not done.stdout


# --- files and command lines -----------------------------------------------------------------------

def test_empty_file(tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    done = on_virt("check", tmp_path / "empty", status=REFUSED)
    assert error_of(done) == "error NO_IMAGE (-1) in find"


def test_file_larger_than_a_slot(tmp_path):
    (tmp_path / "large").write_bytes(bytes(MAP["SLOT_SIZE"] + 1))
    on_virt("check", tmp_path / "large", status=REFUSED)


def test_file_without_an_end():
    """What is read of it is bounded: memory for all of it there is not."""
    on_virt("check", "/dev/zero", status=REFUSED)
    peerboot("check", "--board=virt", "--fdt=/dev/zero", DEMO, status=USAGE)
    on_virt("check", "--keys=/dev/zero", DEMO, status=USAGE)


@pytest.mark.parametrize("arguments", [
    [],
    ["nonsense"],
    ["check"],
    ["check", DEMO],
    ["check", "-b", "virt"],
    ["check", "-b", "virt", DEMO, DEMO],
    ["check", "-b", "nobody", DEMO],
    ["check", "--nonsense", "-b", "virt", DEMO],
    ["check", "-b", "virt", "-f", TREE, "no-such-file"],
    ["check", "-b", "virt", "-f", "no-such-file", DEMO],
    ["check", "-b", "virt", "-f", "/dev/null", DEMO],
    ["check", "-b", "virt", "-f", DEMO.parent / "boot.its", DEMO],
    ["check", "-b", "virt", "-f", TREE, "."],
    ["check", "-b", "virt", "-f", TREE, "-l", "/no/such/folder", DEMO],
    ["table", "-b", "virt", BUILD / "virt/images/echo-b.elf"],
], ids=lambda a: " ".join(str(getattr(x, "name", x)) for x in a) or "nothing")
def test_usage(arguments):
    done = peerboot(*arguments, status=USAGE)
    assert done.stderr and not done.stdout


def test_output_that_does_not_get_out():
    with open("/dev/full", "w") as full:
        peerboot("boards", stdout=full, status=USAGE)


@pytest.mark.parametrize("command", ["", "check", "table"])
def test_help(command):
    done = peerboot(*filter(None, [command, "--help"]))
    assert done.stdout.startswith("usage: peerboot") and not done.stderr


def test_boards():
    assert peerboot("boards").stdout.split() == BOARDS


def test_terminal_is_safe(system):
    """What an image calls its parts goes to a terminal: no control characters."""
    system.contexts["p"]["image"] = "no\x1b[31mbody"
    done = on_virt("check", system.write(), status=REFUSED)
    assert "\x1b" not in done.stderr and "no?[31mbody" in done.stderr
