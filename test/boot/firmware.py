# SPDX-License-Identifier: BSD-2-Clause
"""Small programs for tests, compiled where a test wants them, and ELFs broken on purpose."""
import re
import struct
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from board import ARCH, CC, CROSS, DEFINES, DRIVERS, MAP, PEER_ARCH, PEER_CC, SETTINGS, TOP, driver_files
from its import run

WITNESS_BASE = MAP["INITRD_BASE"] + 0x3000000
PROGRAM_SIZE = 0x10000
ALIVE, ZEROED = 0xA11FE000, 0x100  # images/peer.c


STATES = {True: ["-mthumb"], False: ["-marm"]}
STATE = {"armv7-a": STATES, "armv7-r": STATES}  # of the processor, where there are two
# What the witness prints and looks at the time with.
WITNESS_DRIVERS = [name for name in DRIVERS if re.search("_out|_timer", name)]


@cache
def build(program, base, *, size=PROGRAM_SIZE, thumb=True, defines=(), drivers=(), sources=(), arch=ARCH, cc=tuple(CC)):
    """images/<program>.c, or .S, linked to run at base: the ELF's bytes. Many tests want the same."""
    here = TOP / "test/boot/images"
    with tempfile.NamedTemporaryFile(suffix=".elf") as elf:
        run([*cc, "-std=gnu11", "-Os", "-Wall", "-Wextra", "-Wconversion", "-Werror",
             *STATE.get(arch, {}).get(thumb, []), "-mgeneral-regs-only", "-ffreestanding", "-nostdlib", "-static",
             *(SETTINGS.get("ARCH_BARE", "").split() if arch == ARCH else []), "-Wl,--build-id=none",
             f"-I{TOP}", *DEFINES, f'-DPROCESSOR="test/boot/images/{arch}.h"', *(f"-D{d}" for d in defines),
             "-ffunction-sections", "-Wl,--gc-sections,-z,max-page-size=0x1000",
             f"-Wl,-T,{here / 'program.ld'},--defsym=BASE={base:#x},--defsym=SIZE={size:#x}",
             *here.glob(f"{program}.[cS]"), *driver_files(drivers), *sources, "-o", elf.name])
        return Path(elf.name).read_bytes()


def peer(base, mark=None, **options):
    """A context that marks `mark` (default: the last words of its memory) when it runs."""
    return build_peer("peer", base, mark, **options)


def build_peer(program, base, mark=None, **options):
    """A program of a peer's cores."""
    return build(program, base, defines=(f"MARK={mark or mark_of(base):#x}",), arch=PEER_ARCH, cc=tuple(PEER_CC), **options)


def mark_of(base):
    return base + PROGRAM_SIZE - 0x100


def witness(watch=(), show=(), base=WITNESS_BASE, **options):
    """show: (address, bytes) of what it is to print."""
    watched = ",".join(f"{a:#x}" for a in [*watch, 0])
    shown = ",".join([*(f"{a:#x},{size // 4}" for a, size in show), "0"])
    defines = (f"WATCH={watched}", f"SHOW={shown}", f"CAN_POWER_OFF={int('psci' in DRIVERS)}")
    return build("witness", base, defines=defines, drivers=tuple(WITNESS_DRIVERS), **options)


@cache
def flat(elf):
    """An ELF as the raw bytes that lie in memory."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "flat.elf", Path(folder) / "flat.bin"
        source.write_bytes(elf)
        run([f"{CROSS}objcopy", "-O", "binary", "--set-section-flags", ".bss=alloc,load,contents",
             source, target])
        return target.read_bytes()


# --- ELF by offsets (System V ABI) -------------------------------------------------------------

class Layout(NamedTuple):
    """Of one class: where which fields are, and the sizes of what there are several of."""
    header: dict
    segment: dict
    section: dict
    segment_size: int
    section_size: int


ELF32 = Layout(
    {"class": (4, "B"), "data": (5, "B"), "type": (16, "H"), "machine": (18, "H"),
     "entry": (24, "I"), "phoff": (28, "I"), "shoff": (32, "I"), "flags": (36, "I"), "phnum": (44, "H"),
     "shnum": (48, "H"), "shstrndx": (50, "H")},
    {"type": (0, "I"), "offset": (4, "I"), "vaddr": (8, "I"), "paddr": (12, "I"),
     "filesz": (16, "I"), "memsz": (20, "I"), "flags": (24, "I")},
    {"name": (0, "I"), "addr": (12, "I"), "offset": (16, "I"), "size": (20, "I")}, 32, 40)
ELF64 = Layout(
    {"class": (4, "B"), "data": (5, "B"), "type": (16, "H"), "machine": (18, "H"),
     "entry": (24, "Q"), "phoff": (32, "Q"), "shoff": (40, "Q"), "flags": (48, "I"), "phnum": (56, "H"),
     "shnum": (60, "H"), "shstrndx": (62, "H")},
    {"type": (0, "I"), "flags": (4, "I"), "offset": (8, "Q"), "vaddr": (16, "Q"), "paddr": (24, "Q"),
     "filesz": (32, "Q"), "memsz": (40, "Q")},
    {"name": (0, "I"), "addr": (16, "Q"), "offset": (24, "Q"), "size": (32, "Q")}, 56, 64)


class Elf:
    """An ELF whose fields can be read and overwritten; of the class that it has at first."""

    def __init__(self, data):
        self.data = bytearray(data)
        self.layout = ELF64 if self.data[4] == 2 else ELF32
        self.addresses = 1 << (64 if self.layout is ELF64 else 32)  # how many there are in its class

    def _at(self, base, layout, name):
        offset, kind = layout[name]
        return f"<{kind}", base + offset

    def header(self, name, value=None):
        return self._field(0, self.layout.header, name, value)

    def segment(self, n, name, value=None):
        at = self.header("phoff") + n * self.layout.segment_size
        return self._field(at, self.layout.segment, name, value)

    def section(self, n, name, value=None):
        at = self.header("shoff") + n * self.layout.section_size
        return self._field(at, self.layout.section, name, value)

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


def elf32(base):
    """An ELF32 for ARM: a branch to itself at base."""
    code = struct.pack("<I", 0xeafffffe) * 4
    at = 52 + 32
    return struct.pack("<16s2H5I6H", b"\x7fELF\1\1\1", 2, 40, 1, base, 52, 0, 0x05000200, 52,
                       32, 1, 40, 0, 0) + struct.pack("<8I", 1, at, base, base, len(code), len(code), 5, 4) + code


def elf64(base, table_at=None, table=b""):
    """An ELF64 for AArch64: a branch to itself at base, and a resource table if there is one."""
    names = b"\0.resource_table\0.shstrtab\0"
    code = struct.pack("<I", 0x14000000) * 4
    code_at = 64 + 2 * 56
    table_offset = code_at + len(code)
    names_at = table_offset + len(table)
    sections_at = (names_at + len(names) + 7) & ~7
    segments = [(5, code_at, base, code, len(code) + 0x1000)]
    if table:
        segments.append((6, table_offset, table_at, table, len(table)))
    data = struct.pack("<16s2HI3QI6H", b"\x7fELF\2\1\1", 2, 183, 1, base, 64, sections_at, 0, 64, 56,
                       len(segments), 64, 3 if table else 0, 2 if table else 0)
    for flags, offset, to, content, size in segments:
        data += struct.pack("<2I6Q", 1, flags, offset, to, to, len(content), size, 4)
    data = data.ljust(code_at, b"\0") + code + table + names
    data = data.ljust(sections_at, b"\0") + bytes(64)
    data += struct.pack("<2I4Q2I2Q", 1, 1, 2, table_at or 0, table_offset, len(table), 0, 0, 4, 0)
    return data + struct.pack("<2I4Q2I2Q", 17, 3, 0, 0, names_at, len(names), 0, 0, 1, 0)
