# SPDX-License-Identifier: BSD-2-Clause
"""An image whose resource table is not where the memory map wants it is not built, nor one that uses
memory which is in none of its segments."""

import subprocess
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

TOP = Path(__file__).resolve().parents[2]
SCRIPT = (TOP / "ldscripts/image.ld.S").read_text()


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Build echo-b with a linker script of the test's; objects are shared between tests."""
    place = tmp_path_factory.mktemp("image")
    script = place / "image.ld.S"

    def run(text):
        script.write_text(text)
        elf = place / "virt/images/echo-b.elf"
        made = subprocess.run(
            ["make", "-C", TOP, f"BUILD={place}", f"IMAGE_LDS={script}", elf],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return made, elf

    return run


def changed(old, new):
    assert old in SCRIPT
    return SCRIPT.replace(old, new)


def test_the_script_as_it_is_builds(build):
    made, elf = build(SCRIPT)
    assert made.returncode == 0, made.stdout
    assert elf.exists()


@pytest.mark.parametrize("old, new", [
    # caught by the linker
    (".resource_table IMAGE_TABLE :", ".resource_table IMAGE_TABLE + 0x1000 :"),
    ("	.resource_table IMAGE_TABLE : AT(IMAGE_TABLE) {",
     "	/DISCARD/ : { *(.resource_table) }\n	.resource_table IMAGE_TABLE : {"),
    # the linker is told nothing: caught by the look at what came out
    ("	.resource_table IMAGE_TABLE : AT(IMAGE_TABLE) {",
     "#define ASSERT(a, b)\n	.resource_table IMAGE_TABLE + 8 : AT(IMAGE_TABLE + 8) {"),
    ("#include BOARD_MEMORY_MAP",
     "#include BOARD_MEMORY_MAP\n#undef TABLE_B_BASE\n#define TABLE_B_BASE TABLE_C_BASE"),
    ("	} :table", "	} :image"),
], ids=["elsewhere", "dropped", "unasserted", "another-map", "no-segment"])
def test_a_table_elsewhere_fails(build, old, new):
    made, elf = build(changed(old, new))
    assert made.returncode != 0
    assert not elf.exists()


@pytest.mark.parametrize("old, new, name", [
    ("		*(.noinit .noinit.*)\n", "", ".noinit.image_life"),
    ("		*(.stack .stack.*)\n", "", ".stack"),
    ("	} :trace", "	} :NONE", ".trace"),
    ("	.data_room data_load (NOLOAD) : AT(data_start) {\n		. += SIZEOF(.data);\n	} :data_room\n",
     "", ".data"),
    ("		mmu_table = .;\n		. += ARCH_MMU_SIZE;\n		mmu_table_end = .;\n	} :bss",
     "	} :bss\n	.mmu_table (NOLOAD) : { mmu_table = .; . += ARCH_MMU_SIZE; mmu_table_end = .; } :NONE", ".mmu_table"),
], ids=["noinit", "stack", "trace", "data", "mmu-table"])
def test_memory_in_no_segment_fails(build, old, new, name):
    made, elf = build(changed(old, new))
    assert made.returncode != 0 and name in made.stdout
    assert not elf.exists()


def test_segments_over_each_other_fail(build):
    """As the linker does not see it: a section without content that starts within another."""
    made, elf = build(changed(".bss data_end (NOLOAD) : AT(data_end) {",
                              ".bss data_end (NOLOAD) : AT(data_end - 8) {"))
    assert made.returncode != 0 and "overlap" in made.stdout
    assert not elf.exists()


def test_memory_behind_the_image_fails(build):
    made, elf = build(changed("		. += ARCH_MMU_SIZE;\n", "		. += IMAGE_SIZE / 2;\n"))
    assert made.returncode != 0 and "the image does not fit into its memory" in made.stdout
    assert not elf.exists()


def test_what_has_no_content_takes_no_room_in_the_file(build):
    made, elf = build(SCRIPT)
    assert made.returncode == 0, made.stdout
    with elf.open("rb") as f:
        loads = list(ELFFile(f).iter_segments("PT_LOAD"))
        content = sum(s["p_filesz"] for s in loads)
        assert sum(s["p_memsz"] for s in loads) > content + 0x4000 + 0x2000  # MMU table and stack
        assert max(s["p_offset"] + s["p_filesz"] for s in loads) < content + 0x200
