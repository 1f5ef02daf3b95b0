# SPDX-License-Identifier: BSD-2-Clause
"""Small programs for tests, compiled where a test wants them, and ELFs broken on purpose."""
import struct
import sys
from pathlib import Path

from its import run

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tools"))

from boards import memory_map  # noqa: E402

MAP = memory_map("virt")
WITNESS_BASE = 0x48000000
PROGRAM_SIZE = 0x10000
ALIVE, ZEROED = 0xA11FE000, 0x100  # images/peer.c


def build(folder, program, base, *, size=PROGRAM_SIZE, thumb=True, defines=()):
    """images/<program>.c linked to run at base: the ELF's bytes."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    elf = folder / f"{program}-{base:x}.elf"
    here = TOP / "test/boot/images"
    run(["arm-none-eabi-gcc", "-std=gnu11", "-Os", "-Wall", "-Wextra", "-Wconversion", "-Werror",
         "-mcpu=cortex-a15", "-mthumb" if thumb else "-marm", "-ffreestanding", "-nostdlib",
         f"-I{TOP}", *(f"-D{d}" for d in defines),
         f"-Wl,-T,{here / 'program.ld'},--defsym=BASE={base:#x},--defsym=SIZE={size:#x}",
         here / f"{program}.c", "-o", elf])
    return elf.read_bytes()


def peer(folder, base, mark=None, **options):
    """A context that marks `mark` (default: the last words of its memory) when it runs."""
    mark = mark or mark_of(base)
    return build(folder, "peer", base, defines=[f"MARK={mark:#x}"], **options)


def mark_of(base):
    return base + PROGRAM_SIZE - 0x100


def witness(folder, watch=(), show=(), base=WITNESS_BASE, **options):
    """show: (address, bytes) of what it is to print."""
    watched = ",".join(f"{a:#x}" for a in [*watch, 0])
    shown = ",".join([*(f"{a:#x},{size // 4}" for a, size in show), "0"])
    return build(folder, "witness", base, defines=[f"WATCH={watched}", f"SHOW={shown}"], **options)


def flat(folder, elf):
    """An ELF as the raw bytes that lie in memory."""
    source, target = Path(folder) / "flat.elf", Path(folder) / "flat.bin"
    source.write_bytes(elf)
    run(["arm-none-eabi-objcopy", "-O", "binary", "--set-section-flags", ".bss=alloc,load,contents",
         source, target])
    return target.read_bytes()


# --- ELF32 by offsets (System V ABI) -----------------------------------------------------------

HEADER = {"class": (4, "B"), "data": (5, "B"), "type": (16, "H"), "machine": (18, "H"),
          "entry": (24, "I"), "phoff": (28, "I"), "shoff": (32, "I"), "phnum": (44, "H"),
          "shnum": (48, "H"), "shstrndx": (50, "H")}
SEGMENT = {"type": (0, "I"), "offset": (4, "I"), "vaddr": (8, "I"), "paddr": (12, "I"),
           "filesz": (16, "I"), "memsz": (20, "I"), "flags": (24, "I")}
SECTION = {"name": (0, "I"), "addr": (12, "I"), "offset": (16, "I"), "size": (20, "I")}
SEGMENT_SIZE, SECTION_SIZE = 32, 40


class Elf:
    """An ELF32 whose fields can be read and overwritten."""

    def __init__(self, data):
        self.data = bytearray(data)

    def _at(self, base, layout, name):
        offset, kind = layout[name]
        return f"<{kind}", base + offset

    def header(self, name, value=None):
        return self._field(0, HEADER, name, value)

    def segment(self, n, name, value=None):
        return self._field(self.header("phoff") + n * SEGMENT_SIZE, SEGMENT, name, value)

    def section(self, n, name, value=None):
        return self._field(self.header("shoff") + n * SECTION_SIZE, SECTION, name, value)

    def _field(self, base, layout, name, value):
        kind, at = self._at(base, layout, name)
        if value is None:
            return struct.unpack_from(kind, self.data, at)[0]
        struct.pack_into(kind, self.data, at, value)
        return None

    def find_section(self, wanted):
        strings = self.section(self.header("shstrndx"), "offset")
        for n in range(self.header("shnum")):
            start = strings + self.section(n, "name")
            if self.data[start:self.data.index(0, start)] == wanted.encode():
                return n
        raise KeyError(wanted)

    def loads(self):
        """Indices of the segments that are loaded."""
        return [n for n in range(self.header("phnum"))
                if self.segment(n, "type") == 1 and self.segment(n, "memsz")]

    def bytes(self):
        return bytes(self.data)
