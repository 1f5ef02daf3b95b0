# SPDX-License-Identifier: BSD-2-Clause
"""What comes with peerboot on the host: manual, completion, installation, the examples in docs/."""
import json
import os
import re
import shutil
import subprocess

import jsonschema
import pytest

from host_command import BOARDS, BUILD, PEERBOOT, TOP, TREE, peerboot

MANUAL = TOP / "docs/peerboot.1"
COMPLETION = TOP / "tools/peerboot/completion.bash"
COMPLETION_OF_PROGRAMS = TOP / "tools/completion.bash"
COMMANDS = ["check", "plan", "map", "table"]
PROGRAMS = ["dumpfdt", "map", "mkflash", "run", "timeline"]


def options(text):
    """[(letter, name)] of a help text or of the manual as text."""
    return re.findall(r"^ +(-\w)(?: \w+)?, (--[a-z-]+)", text, re.M)


def manual(path=MANUAL):
    """As text, in lines long enough for each synopsis."""
    done = subprocess.run(["groff", "-ww", "-man", "-Tascii", "-P-cbou", "-rLL=120n", path],
                          capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_manual_has_no_warnings():
    assert manual()[1] == ""


def test_manual_has_every_option_and_command():
    text = manual()[0]
    known = {option for c in COMMANDS for option in options(peerboot(c, "--help").stdout)}
    assert set(options(text)) == known
    helped = re.findall(r"^  ([a-z]+) ", peerboot("--help").stdout, re.M)
    assert helped == [*COMMANDS, "boards"]
    for command in helped:
        assert re.search(rf"^ +peerboot +{command}\b", text, re.M)
    for command in COMMANDS:
        synopsis = re.search(rf"^ +peerboot +{command}\b(.*)", text, re.M)[1]
        letters = {letter for group in re.findall(r"-([a-zA-Z]+)", synopsis) for letter in group}
        assert letters == {letter[1] for letter, _ in
                           options(peerboot(command, "--help").stdout)} - {"h"}


def complete(tmp_path, *words, program="peerboot"):
    """What bash offers behind these words; the last one is being typed."""
    (tmp_path / "bin").mkdir(exist_ok=True)
    for name, path in (("peerboot", PEERBOOT), *((f"peerboot-{p}", TOP / "tools" / p) for p in PROGRAMS)):
        if not (tmp_path / "bin" / name).exists():
            (tmp_path / "bin" / name).symlink_to(path.resolve())
    script = f"""source {COMPLETION if program == "peerboot" else COMPLETION_OF_PROGRAMS}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
f=$(complete -p "$1"); f=${{f#*-F }}; "${{f%% *}}"; printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(["bash", "-c", script, "bash", program, *words], text=True, check=True,
                          capture_output=True, cwd=tmp_path,
                          env={**os.environ, "PATH": f"{tmp_path}/bin:{os.environ['PATH']}"})
    assert not done.stderr
    return done.stdout.split()


def test_completion_of_commands(tmp_path):
    assert complete(tmp_path, "") == [*COMMANDS, "boards", "--help"]
    assert complete(tmp_path, "ma") == ["map"]


@pytest.mark.parametrize("command", COMMANDS)
def test_completion_of_options(tmp_path, command):
    names = [name for _, name in options(peerboot(command, "--help").stdout)]
    assert names and complete(tmp_path, command, "--") == names


@pytest.mark.parametrize("words", [["-b", ""], ["--board", ""], ["--board", "="],
                                   ["--board", "=", "vi"]])
def test_completion_of_boards(tmp_path, words):
    begun = words[-1].strip("=")
    assert complete(tmp_path, "check", *words) == [name for name in BOARDS if name.startswith(begun)]


@pytest.mark.parametrize("words", [["--fdt", ""], ["-o", "x"], ["boot"]])
def test_completion_leaves_files_to_bash(tmp_path, words):
    assert complete(tmp_path, "map", *words) == []


# --- the programs beside it ---------------------------------------------------------------------------

def help_of(program):
    return subprocess.run([TOP / "tools" / program, "--help"], capture_output=True, text=True, check=True,
                          env={**os.environ, "COLUMNS": "200"}).stdout


def options_of(text):
    """-x and --long, of lines that begin with an option."""
    lines = re.findall(r"^ +(-\S.*)", text, re.M)
    return {option for line in lines for option in re.findall(r"(?:^|, )(--?[\w-]+)", line.split("  ")[0])}


@pytest.mark.parametrize("program", PROGRAMS)
def test_manual_of_a_program(program):
    text, warnings = manual(TOP / f"docs/peerboot-{program}.1")
    helped, written = options_of(help_of(program)), options_of(text)
    assert warnings == "" and "-h" in helped and helped == written
    first = re.search(r"^SYNOPSIS\n +(.*)", text, re.M)[1]
    assert f"peerboot-{program}" in first


@pytest.mark.parametrize("program", PROGRAMS)
def test_completion_of_a_programs_options(tmp_path, program):
    offered = complete(tmp_path, "--", program=f"peerboot-{program}")
    assert set(offered) == {option for option in options_of(help_of(program)) if option.startswith("--")}


@pytest.mark.parametrize("program", ["dumpfdt", "mkflash", "run"])
def test_completion_of_a_programs_boards(tmp_path, program):
    assert complete(tmp_path, "--board", "", program=f"peerboot-{program}") == BOARDS
    assert complete(tmp_path, "--board", "=", "ver", program=f"peerboot-{program}") == ["versal"]


def test_completion_of_a_programs_choices_and_files(tmp_path):
    assert complete(tmp_path, "--confirmed", "", program="peerboot-mkflash") == ["a", "b"]
    assert complete(tmp_path, "--slot-a", "bo", program="peerboot-mkflash") == []
    assert complete(tmp_path, "fla", program="peerboot-run") == []


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    place = tmp_path_factory.mktemp("install")
    subprocess.run(["make", "-C", TOP, "install-tool", f"DESTDIR={place}", "PREFIX=/opt/p"], check=True,
                   stdout=subprocess.PIPE)
    return place / "opt/p"


def test_install(installed):
    files = sorted(str(p.relative_to(installed)) for p in installed.rglob("*") if p.is_file())
    drawer = sorted(f"lib/peerboot/{p.relative_to(TOP)}" for p in (TOP / "tools/memory_map").glob("*.py"))
    programs = ["peerboot", "peerboot-map", "peerboot-timeline"]
    assert files == sorted([*(f"bin/{p}" for p in programs), "lib/peerboot/tools/map", *drawer, "lib/peerboot/tools/timeline",
                            *(f"share/bash-completion/completions/{p}" for p in programs),
                            *(f"share/man/man1/{p}.1" for p in programs), "share/peerboot/plan.schema.json"])
    done = subprocess.run([installed / "bin/peerboot", "boards"], capture_output=True, text=True)
    assert done.stdout.split() == BOARDS
    jsonschema.Draft7Validator.check_schema(
        json.loads((installed / "share/peerboot/plan.schema.json").read_text()))


def test_installed_program_calls_itself_by_its_name(installed, tmp_path):
    done = subprocess.run([installed / "bin/peerboot-timeline", "-o", tmp_path / "x.svg"], input="", capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("peerboot-timeline: error: ")


def test_what_a_board_brings_has_manuals_and_completion(tmp_path):
    done = subprocess.run(["make", "-n", "-C", TOP, "install-board", f"DESTDIR={tmp_path}", "PREFIX=/usr"], check=True,
                          capture_output=True, text=True)
    for program in ("dumpfdt", "mkflash", "run"):
        for path in (f"man/man1/peerboot-{program}.1", f"bash-completion/completions/peerboot-{program}"):
            assert f'"{tmp_path}/usr/share/{path}"' in done.stdout


# --- the examples in docs/host-command.md -------------------------------------------------------------

def example(language):
    [text] = re.findall(rf"^```{language}\n(.*?)^```$", (TOP / "docs/host-command.md").read_text(),
                        re.M | re.S)
    return text


@pytest.fixture
def images(tmp_path):
    """The folder that a post-image script gets: a boot image's source and its parts."""
    folder = tmp_path / "images"
    from system import small
    small(folder).write()
    shutil.copy(TREE, folder / "virt.dtb")
    (folder / "boot.itb").unlink()
    return folder


def break_manifest(folder):
    """One more property that nobody knows."""
    text = (folder / "manifest.dts").read_text().replace("cpus =", "cpuss =", 1)
    (folder / "manifest.dts").write_text(text)
    subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", folder / "manifest.bin",
                    folder / "manifest.dts"], check=True)


def environment(installed, **more):
    return {**os.environ, "PATH": f"{installed}/bin:{os.environ['PATH']}", **more}


@pytest.mark.parametrize("broken", [False, True])
def test_buildroot_example(installed, images, broken):
    if broken:
        break_manifest(images)
    script = images / "post-image.sh"
    script.write_text(example("bash"))
    subprocess.run(["shellcheck", script], check=True)
    done = subprocess.run(["bash", script, images], capture_output=True, text=True,
                          env=environment(installed))
    assert done.returncode == broken, done.stderr
    assert ("MANIFEST_BROKEN" in done.stderr) == broken
    assert (images / "boot.svg").exists() != broken


def test_buildroot_example_of_what_is_not_signed(installed, images):
    """With keys for an image whose source asks for no signature."""
    shutil.copy(BUILD / "keys/development.dtb", images / "keys.dtb")
    script = images / "post-image.sh"
    script.write_text(example("bash"))
    done = subprocess.run(["bash", script, images], capture_output=True, text=True,
                          env=environment(installed, PEERBOOT_KEYS=str(TOP / "keys/development")))
    assert done.returncode == 1 and "SIGNATURE_MISSING" in done.stderr


@pytest.mark.parametrize("broken", [False, True])
def test_yocto_example(installed, images, broken):
    """The task's body with bitbake's variables put in, as a shell runs it."""
    (task,) = re.findall(r"^do_peerboot_check\(\) \{\n(.*?)^\}", example("sh"), re.M | re.S)
    values = {"PEERBOOT_BOARD": "virt", "PEERBOOT_IMAGE": str(images / "boot.itb"), "B": str(images),
              "PEERBOOT_FDT": str(images / "virt.dtb"), "PEERBOOT_KEYS": ""}
    for name, value in values.items():
        task = task.replace(f"${{{name}}}", value)
    if broken:
        break_manifest(images)
    subprocess.run(["mkimage", "-f", "boot.its", "boot.itb"], cwd=images, check=True,
                   capture_output=True)
    done = subprocess.run(["sh", "-e", "-c", task], capture_output=True, text=True,
                          env=environment(installed))
    assert done.returncode == broken, done.stderr


def test_command_of_the_docs_draws_the_demo(installed, tmp_path):
    subprocess.run([TOP / "tools/dumpfdt", "--board", "virt", "-o", tmp_path / "virt.dtb"], check=True)
    subprocess.run([installed / "bin/peerboot", "map", "--board", "virt", "--fdt", "virt.dtb", "-o",
                    "map.svg", BUILD.resolve() / "virt/demo/boot.itb"], check=True, cwd=tmp_path)
    assert (tmp_path / "map.svg").read_text().endswith("</svg>\n")
