# SPDX-License-Identifier: BSD-2-Clause
"""tools/run, with a firmware of a few instructions: how it ends, and that the image stays as it is."""
import os
import re
import shlex
import subprocess
import time
import tty
from contextlib import ExitStack

import pytest
from pexpect import fdpexpect

from board import CROSS, MAP, NAME, TOP
from boards import ICOUNT

pytestmark = pytest.mark.needs("armv7-a", "pl011", "cfi_intel")

# Says hello, programs a word of flash bank 1 (of bank 0 it runs), echoes its input; a 'q' turns
# the machine off.
FIRMWARE = """
	.arch armv7-a
	.arch_extension virt
	.arm
	ldr	r4, =0x09000000
	adr	r5, text
1:	ldrb	r0, [r5], #1
	cmp	r0, #0
	strne	r0, [r4]
	bne	1b
	ldr	r6, =0x04000000
	ldr	r0, =0x00400040		@ CFI: program one word
	str	r0, [r6]
	mov	r0, #0
	str	r0, [r6]
	ldr	r0, =0x00ff00ff		@ back to reading
	str	r0, [r6]
	ldr	r0, [r6]
	cmp	r0, #0
	moveq	r0, #'!'
	streq	r0, [r4]
2:	ldr	r0, [r4, #0x18]
	tst	r0, #0x10
	bne	2b
	ldr	r0, [r4]
	str	r0, [r4]
	cmp	r0, #'q'
	bne	2b
	ldr	r0, =0x84000008
	hvc	#0
text:	.asciz "one\\r\\ntwo: ready\\r\\nprompt> "
"""


@pytest.fixture(scope="module")
def flash(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    source, elf, binary = (folder / name for name in ("a.s", "a.elf", "a.bin"))
    source.write_text(FIRMWARE)
    subprocess.run([f"{CROSS}as", "-o", elf, source], check=True)
    subprocess.run([f"{CROSS}objcopy", "-O", "binary", elf, binary], check=True)
    image = folder / "flash.img"
    subprocess.run([TOP / "tools/mkflash", "--board", NAME, "--loader", binary, "-o", image],
                   check=True)
    return image


def run(flash, *args, **options):
    options.setdefault("stdin", subprocess.DEVNULL)
    if "input" in options:
        del options["stdin"]
    return subprocess.run([TOP / "tools/run", "--board", NAME, flash, *args], timeout=60,
                          capture_output=True, **options)


def test_exit_on_match_is_success_and_console_is_on_stdout(flash):
    done = run(flash, "--exit-on", "^two: r.*y$", "--timeout", "30")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"one\r\ntwo: ready")


def test_exit_on_sees_a_line_that_has_not_ended(flash):
    assert run(flash, "--exit-on", "^prompt> $", "--timeout", "30").returncode == 0


def test_fail_on_match_is_failure(flash):
    done = run(flash, "--exit-on", "never", "--fail-on", "^two", "--timeout", "30")
    assert done.returncode == 1 and b"two" in done.stderr


def test_silence_ends_by_timeout(flash):
    done = run(flash, "--exit-on", "never", "--timeout", "2")
    assert done.returncode == 124 and b"never" in done.stderr


def test_stdin_is_the_console_and_qemu_ending_first_is_told(flash):
    assert run(flash, input=b"q").returncode == 0
    done = run(flash, "--exit-on", "never", "--timeout", "30", input=b"xq")
    assert done.returncode == 3
    assert done.stdout.endswith(b"xq")


def test_firmware_writes_to_a_copy(flash, tmp_path):
    bank1 = tmp_path / "bank1.img"
    bank1.write_bytes(flash.read_bytes())
    done = run(flash, bank1, input=b"q")
    assert done.returncode == 0, done.stderr
    assert b"!" in done.stdout, "the firmware has not seen its own write"
    assert bank1.read_bytes() == flash.read_bytes()


def test_console_on_a_terminal_of_its_own(flash):
    """What QEMU prints names it; what is written to it, the firmware gets and echoes."""
    command = [TOP / "tools/run", "--board", NAME, flash, "--pty"]
    with ExitStack() as stack:
        runner = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        stack.callback(runner.kill)
        name = re.search(r"/dev/pts/\d+", runner.stdout.readline())[0]
        with fdpexpect.fdspawn(os.open(name, os.O_RDWR | os.O_NOCTTY), timeout=30) as console:
            tty.setraw(console)
            # What the firmware has said before anybody was there is lost, as on a real line.
            console.send("x")
            console.expect_exact("x")
            console.send("q")
            console.expect_exact("q")
        assert runner.wait(30) == 0


def test_dumped_command_is_the_one_that_works(flash):
    done = run(flash, "--icount", "--smp", "2", "--memory", "256", "--qemu-arg=-d",
               "--qemu-arg=guest_errors", "--dump-command", text=True)
    command = shlex.split(done.stdout)
    assert command[command.index("-smp") + 1] == "2"
    assert command[command.index("-m") + 1] == "256"
    assert command[command.index("-icount") + 1] == ICOUNT[1]
    assert command[-2:] == ["-d", "guest_errors"]
    again = subprocess.run(command, input=b"q", capture_output=True, timeout=60)
    assert again.returncode == 0 and b"two: ready" in again.stdout


def test_gdb_waits_at_reset(flash):
    port = "21234"
    done = run(flash, "--gdb", port, "--exit-on", "one", "--timeout", "2")
    assert done.returncode == 124 and done.stdout == b""
    assert f"target remote 127.0.0.1:{port}".encode() in done.stderr


@pytest.mark.parametrize("options", [[], ["--timeout", "60"]], ids=["plain", "watched"])
def test_killed_it_leaves_no_qemu(flash, options):
    command = [TOP / "tools/run", "--board", NAME, flash, *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as runner:
        assert runner.stdout.readline() == b"one\r\n"
        runner.kill()
        # QEMU has inherited stdin: with it gone, nobody is left to read.
        with pytest.raises(BrokenPipeError):
            for _ in range(100):
                os.write(runner.stdin.fileno(), b"x")
                time.sleep(0.1)


def test_wrong_size_and_missing_image_are_refused(flash, tmp_path):
    short = tmp_path / "short.img"
    short.write_bytes(b"\0" * 4096)
    for image in (short, tmp_path / "missing.img"):
        done = run(image, "--exit-on", "one", "--timeout", "5")
        assert done.returncode == 1 and image.name.encode() in done.stderr
    assert str(MAP["FLASH_SIZE"]).encode() in run(short).stderr


def test_bank1_is_kept(flash, tmp_path):
    """Made if it is not there; what was programmed stays, in that bank alone."""
    bank, before = tmp_path / "bank1.img", flash.read_bytes()
    for _ in range(2):
        done = run(flash, "--bank1", bank, "--exit-on", "!", "--timeout", "30")
        assert done.returncode == 0, done.stderr
        assert bank.read_bytes() == b"\0" * 4 + b"\xff" * (MAP["FLASH_SIZE"] - 4)
    assert flash.read_bytes() == before
    assert run(flash, bank, "--bank1", bank).returncode == 2
    for options in [], ["--keep"]:
        [how] = {line.rsplit("file=", 1)[0] for line in shlex.split(run(flash, *options, "--dump-command", text=True).stdout)
                 if line.endswith(f"file={flash}")}
        assert ("snapshot=off" in how) == bool(options)
