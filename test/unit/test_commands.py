# SPDX-License-Identifier: BSD-2-Clause
"""Each command in README and docs/ is run: here, in a folder of a boot image's sources, or by the test that is
named here; or it is named here why it can't be. One that is in no list fails."""
import os
import re
import shutil
import subprocess
from itertools import chain

import pytest

from host_command import BUILD, TOP
from system import small

PAGES = sorted([*TOP.glob("*.md"), *(TOP / "docs").glob("*.md")])
# What a command begins with.
PROGRAMS = re.compile(r"(?:make|peerboot(?:-\w+)?|mkimage|dtc|fdt(?:put|get|dump)|openssl|objcopy|mkdir|cp|cat|echo|cd|dd|git|man|"
                      r"mod(?:info|probe)|apt(?:-get)?|sudo|pytest|s[bz]|ip|\$\w+|CPP=\S+|\(cd|(?:tools|test|model|images)/[\w/-]+)(?= )")
FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^ *```", re.M | re.S)


def plain(line):
    """Without a prompt and a comment."""
    return re.sub(r"\s+#\s.*", "", re.sub(r"^\$ ", "", line.strip()))


def fenced_commands(text):
    for _, language, body in FENCED.findall(text):
        if language in ("", "sh", "bash"):
            lines = map(plain, body.replace("\\\n", " ").splitlines())
            yield from (re.sub(r"\s+", " ", line) for line in lines if PROGRAMS.match(line + " "))


def inline_commands(text):
    for code in re.findall(r"`([^`\n]+)`", FENCED.sub("", text)):
        if " " in code and PROGRAMS.match(code):
            yield code.replace("\\|", "|")


def commands():
    """{command: page}"""
    found = {}
    for path in PAGES:
        text = path.read_text()
        for command in chain(fenced_commands(text), inline_commands(text)):
            found.setdefault(command, path.name)
    return found


FOUND = commands()

# --- who runs them ------------------------------------------------------------------------------------

# Part of `make check`, which is not run by a test.
CHECK = "check"
LONG = "minutes of measuring, of which `make check` does none"
# Targets of make: a test, as FILE or FILE::FUNCTION, and a word that stands in it.
TARGETS = {
    "all": CHECK, "check": CHECK, "check-unit": CHECK, "check-model": CHECK, "check-fuzz": CHECK, "lint": CHECK,
    "check-boot": ("test/build.mk", "$(HOST_PYTESTS) test/boot"),
    "check-another": ("test/build.mk", "$(MAKE_OTHER) BOARD=$$board check-another"),
    "check-quick": ("test/build.mk", "check-quick: $(filter lint check-unit,$(HOST_CHECKS)) check-port"),
    "check-port": ("test/build.mk", "-m port test/boot"),
    "size": ("test/build.mk", "$(print-sizes)"),
    "demo": ("test/boot/test_boots.py", "tools/demo"),
    "run": ("test/boot/test_run.py", "tools/run"),
    "debug": ("test/boot/gdb.py", "gdb"),
    "setup": ("test/unit/test_setup.py::test_packages_scripts_can_speak", "tools/setup"),
    "loader": ("test/unit/test_parts.py::test_the_same_elsewhere", '"loader"'),
    "lib": ("test/unit/test_parts.py::test_the_same_elsewhere", '"lib"'),
    "tool": ("test/unit/test_parts.py::test_the_same_elsewhere", '"tool"'),
    "module": ("test/unit/test_parts.py::test_the_same_elsewhere", '"module"'),
    "images": ("test/unit/test_parts.py", '"images"'),
    "install": ("test/boot/test_sensor.py", '"install-board"'),
    "install-board": ("test/boot/test_sensor.py", '"install-board"'),
    "install-tool": ("test/unit/test_host_install.py", '"install-tool"'),
    "new-board": ("test/unit/test_porting.py::test_new_board_links", '"new-board"'),
    "help": ("test/unit/test_docs.py::test_make_targets_exist", '"help"'),
    "dist": ("test/unit/test_commands.py::test_dist", '"dist"'),
    "bench": ("test/boot/test_measure.py", "make bench"),
    "campaign": ("test/boot/test_campaign.py", "campaign"),
    "fuzz": ("test/build.mk", "check-fuzz"),
    "soak": ("test/boot/test_restart.py", "RESTARTS"),
    "budgets": ("test/build.mk", "$(compare-budgets)"),
    "timeline": ("test/unit/test_timeline.py", "tools/timeline"),
    "growth": LONG,
    # of the example's Makefile
    "reader": ("test/boot/test_sensor.py", '"reader"'),
}
# Commands that others run, with what stands there.
BY_OTHERS = {
    # docs/boot-image.md, as they stand there
    **dict.fromkeys([
        "mkdir -p build/virt/mine", 'CPP="cpp -undef -nostdinc -D__DTS__ -x assembler-with-cpp -P -I. -include build/virt/demo/board.h"',
        "$CPP images/demo/manifest.dts -o build/virt/mine/manifest.dts", "$CPP images/demo/boot.its -o build/virt/mine/boot.its",
        "dtc -I dts -O dtb -o build/virt/mine/manifest.dtb build/virt/mine/manifest.dts",
        "mkimage -E -B 8 -f build/virt/mine/boot.its build/virt/mine/boot.itb",
        "tools/mkflash --board virt --slot-a build/virt/mine/boot.itb -o build/virt/mine/flash.img",
        "tools/run --board virt build/virt/mine/flash.img"],
        ("test/unit/test_host_check.py::test_documented_lines", "## Make and check it")),
    # docs/firmware.md, the whole block
    **dict.fromkeys([command for command, page in FOUND.items() if page == "firmware.md" and re.match(r"\$CC|\"\$P", command)],
                    ("test/boot/test_own_firmware.py", "docs/firmware.md")),
    # docs/host-command.md, the whole scripts
    **dict.fromkeys([command for command, page in FOUND.items() if page == "host-command.md" and "$" in command],
                    ("test/unit/test_host_install.py::test_buildroot_example", 'example("bash")')),
    "mkdir -p add/bin && cp reader add/bin": ("test/boot/test_sensor.py", '"bin/reader"'),
    "cat /sys/kernel/debug/peerboot/sensor/trace0": ("test/boot/test_classic.py", "cat /sys/kernel/debug/peerboot/classic/trace0"),
    "cd examples/sensor": ("test/boot/test_sensor.py", "examples"),
    "cd examples/two-peers": ("test/boot/test_sensor.py", '"two-peers"'),
    "echo stop >state": ("test/boot/test_stm32_life.py", "stop"),
    "echo start >state": ("test/boot/test_stm32_life.py", "start"),
    "echo detach >state": ("test/boot/test_stm32_life.py", "detach"),
    "echo linux.elf >firmware": ("test/boot/test_stm32_life.py", "linux.elf"),
    "echo 1 >/sys/firmware/peerboot/confirm": ("test/boot/test_slots.py", "confirm"),
    "test/boot/campaign/run --loader build/virt-full/peerboot.bin --seed 1 --only 17": ("test/boot/test_campaign.py", "run"),
    "tools/timeline boot.txt -o boot.svg": ("test/unit/test_timeline.py", "tools/timeline"),
    "mkimage -E": ("test/unit/test_fit.c", "external"),
}
# A part of one: its options, in a file that uses them.
OPTIONS = {
    "mkimage -E -B 8": ("boot/board/versal/board.mk", "-E -B 8"), "mkimage -T kernel": ("test/build.mk", "-T kernel"),
    "mkimage -T imximage": ("boot/board/sabrelite/image", "-T imximage"), "mkimage -k": ("boot/build.mk", "-k"),
    "mkimage -r": ("boot/build.mk", "-r"), "objcopy --strip-all": ("images/build.mk", "--strip-all"),
    "dtc -@": ("test/build.mk", "-@"),
}
NO_TEST = {
    "a board, or a program that holds its line": ["sb boot.itb", "sb -k boot.itb", "sb -k boot.itb </dev/ttyUSB0 >/dev/ttyUSB0",
                                                   "modprobe imx2_wdt", "pytest --lg-env"],
    "an author's own commit": ["git commit -s"],
    "a reader": ["man peerboot"],
    "somebody who carries a file from the board": ["cd /sys/kernel/debug/peerboot; cat boot-record clock */trace0 >/tmp/boot.txt"],
}


# --- what is run here, one after the other, in the folder of an .its ----------------------------------

QEMU = " --dump-command"  # the boots are of test/boot
RUN = [  # a command, and what is put behind it, or a pair of words to put in place
    ("tools/dumpfdt --board virt -o virt.dtb", ""),
    ("dtc -I dtb -O dtb", " -o same.dtb virt.dtb"),
    ("cat zImage board.dtb", " >zImage-dtb"),
    ("modinfo peerboot.ko", " | grep '^version:'"),
    ("mkimage -E -B 8 -f boot.its boot.itb", ""),
    ("tools/mkflash --board virt --slot-a boot.itb -o flash.img", ""),
    ("tools/run --board virt flash.img", QEMU),
    ("tools/run --bank1 bank1.img flash.img", f" --board virt{QEMU}"),
    ("tools/run --keep flash.img", f" --board virt{QEMU}"),
    ("peerboot check --board virt --fdt virt.dtb boot.itb", ""),
    ("peerboot map -o map.svg", " --board virt --fdt virt.dtb boot.itb"),
    ("peerboot plan --json … | peerboot-map -o map.svg", ("…", "--board virt --fdt virt.dtb boot.itb")),
    ("peerboot table fw.elf", ""),
    ("peerboot COMMAND --help", ("COMMAND", "plan")),
    ("mkdir keys-of-mine", ""),
    ("openssl req -batch -x509 -newkey rsa:2048 -nodes -subj /CN=product -days 36500 "
     "-keyout keys-of-mine/product.key -out keys-of-mine/product.crt", ""),
    ("openssl ecparam -genkey -noout -name prime256v1 -out keys-of-mine/product.pem", " && cp signed.its boot.its"),
    ("echo '/dts-v1/; / { signature { }; };' | dtc -O dtb -o keys.dtb", ""),
    ("mkimage -f boot.its -k keys-of-mine -K keys.dtb -r boot.itb", ""),
    ("mkimage -f boot.its -k keys-of-mine boot.itb", ""),
    ("peerboot check --board virt --fdt virt.dtb --keys keys.dtb --minimum 1 boot.itb", ""),
    ("mkimage -l boot.itb", " | grep 'sha256,rsa2048:product'"),
    ("fdtput -t s keys.dtb /signature/product required conf", ("/signature/product", "/signature/key-product")),
    ("dd if=build/sabrelite/peerboot.img of=card.img bs=1K seek=1 conv=notrunc", ""),
    ("cp ../../build/linux/initramfs.cpio.gz with-reader.cpio.gz", ("../..", ".")),
    ("(cd add && find bin -type f | cpio -o -H newc | gzip) >>with-reader.cpio.gz", ""),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Sources of a boot image, which can be signed as docs/signing.md has it; tools where the commands have them."""
    place = tmp_path_factory.mktemp("commands")
    system = small(place)
    system.write()
    system.sign("product", version=1, algo="sha256,rsa2048")
    (place / "signed.its").write_text(system.fit.source())
    (place / "boot.itb").unlink()
    shutil.copy(BUILD / "virt/images/echo-b.elf", place / "fw.elf")
    shutil.copy(BUILD / "linux/peerboot.ko", place)
    for name in ("zImage", "board.dtb", "build/sabrelite/peerboot.img", "add/bin/reader", "card.img",
                 "build/linux/initramfs.cpio.gz"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(b"\x55" * 0x1000)
    (place / "tools").symlink_to(TOP / "tools")
    for name in ("peerboot", "peerboot-map"):
        (place / "path").mkdir(exist_ok=True)
        (place / "path" / name).symlink_to((BUILD / "host-tool/sanitized" / name).absolute())
    return place


def run(command, folder):
    environment = {**os.environ, "PATH": f"{folder}/path:{os.environ['PATH']}", "XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, text=True,
                          capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    assert not done.returncode, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def ran(folder):
    for command, more in RUN:
        run(command + more if isinstance(more, str) else command.replace(*more), folder)
    return {command for command, _ in RUN}


def test_those_run_here(ran):
    """Each stands in some page still."""
    assert ran <= set(FOUND)


# --- names of programs with options, and no operands --------------------------------------------------

NAME = re.compile(r"(peerboot(?:-\w+)?|tools/\w+)((?: (?:check|plan|map|table))?)((?: -[\w-]+(?: name)?)*)")


def help_has(command):
    match = NAME.fullmatch(command)
    if not match or command.startswith("tools/") and not (TOP / match[1]).exists():
        return False
    program = BUILD / "host-tool/sanitized" / match[1] if match[1].startswith("peerboot") else TOP / match[1]
    helped = subprocess.run([program, *match[2].split(), "--help"], capture_output=True, text=True, check=True).stdout
    options = [word for word in match[3].split() if word.startswith("-")]
    return all(re.search(rf"(?<![\w-]){re.escape(option)}\b", helped) for option in options)


# --- all ----------------------------------------------------------------------------------------------


def is_there(where):
    """A file with this word in it, or a test of that name in it."""
    place, word = where
    path, _, function = place.partition("::")
    text = (TOP / path).read_text()
    return word in text and (not function or f"def {function}(" in text)


def check_reaches(target):
    rule = re.findall(r"^(?:check:|HOST_CHECKS :=) *(.*?)(?: ##.*)?$", (TOP / "test/build.mk").read_text(), re.M)
    known = " ".join(rule).replace("$(ALL)", "all").replace("$(BOOT_NEEDS)", "").split()
    return target == "check" or target in known


def made(command):
    """The target that a line of make is for."""
    words = re.findall(r'(?:[^\s"]|"[^"]*")+', command)[1:]
    targets = [word for word in words if "=" not in word]
    return targets[0] if targets else "all"


@pytest.mark.parametrize("command", FOUND)
def test_command(command):
    if command.startswith("make "):
        where = TARGETS[made(command)]
        assert where == LONG or (check_reaches(made(command)) if where == CHECK else is_there(where)), where
    elif command in BY_OTHERS or command in OPTIONS:
        where = BY_OTHERS.get(command) or OPTIONS[command]
        assert is_there(where), where
    elif not any(command in commands for commands in NO_TEST.values()) and command not in dict(RUN):
        assert help_has(command), f"{FOUND[command]}: nobody runs {command!r}: add it to a list above"


def test_no_list_has_what_no_page_has():
    listed = {*BY_OTHERS, *OPTIONS, *chain(*NO_TEST.values())}
    assert listed <= set(FOUND), listed - set(FOUND)
    assert set(TARGETS) <= {made(command) for command in FOUND if command.startswith("make ")} | {"check-unit"}


@pytest.mark.skipif(not (TOP / ".git").exists(), reason="a tarball can't be made of a tarball")
def test_dist(tmp_path):
    """Of what is committed; it has what a build begins with."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--shared", TOP, clone], check=True)
    done = subprocess.run(["make", "-s", "-C", clone, "dist"], capture_output=True, text=True, check=True)
    listed = subprocess.run(["tar", "-tzf", clone / done.stdout.split()[-1]], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^peerboot-[^/]+/Makefile$", listed, re.M) and "/boot/main.c\n" in listed
