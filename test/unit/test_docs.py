# SPDX-License-Identifier: BSD-2-Clause
"""What docs/ and README.md say of codes, properties, layouts, files and targets, compared with the code."""
import re
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent.parent
DOCS = sorted([*TOP.glob("*.md"), *(TOP / "docs").glob("*.md")])


def rows(path, section=None):
    """The tables' rows as lists of cells; of the section (up to the next heading) if one is given."""
    text = path.read_text()
    if section:
        text = re.split(rf"^#+ {re.escape(section)}$", text, flags=re.M)[1]
        text = re.split(r"^#+ ", text, flags=re.M)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")]
            for line in text.splitlines() if line.startswith("|")]


def error_codes():
    text = (TOP / "base/error.h").read_text()
    part = text[text.index("#define ERROR_CODES"):text.index("enum error_code")]
    return [(-int(number), name) for number, name in re.findall(r"X\((\d+), (\w+),", part)]


def test_every_code_is_explained_and_no_other():
    found = [(int(row[0]), row[1]) for row in rows(TOP / "docs/errors.md")
             if re.fullmatch(r"-\d+", row[0])]
    assert found == sorted(found, reverse=True)
    assert found == error_codes()


def test_every_code_has_cause_and_cure():
    for row in rows(TOP / "docs/errors.md"):
        assert len(row) == 4 and all(row), row


def test_stages():
    names = re.findall(r"X\(\w+, \"(\w+)\"\)", (TOP / "base/error.h").read_text())
    text = (TOP / "docs/errors.md").read_text()
    part = text[text.index("The stages, in order"):]
    assert re.findall(r"\*(\w+)\*", part)[:len(names)] == names
    (meaning,) = [row[3] for row in rows(TOP / "docs/boot-record.md") if row[2] == "stage"]
    assert meaning == ", ".join(f"{i} {name}" for i, name in enumerate(names))


@pytest.mark.parametrize("section, source", [("contexts", "fdt/manifest_context.c"),
                                             ("links", "fdt/manifest_link.c")])
def test_manifest_properties(section, source):
    known = set(re.findall(r"(?:FIELD|ONE|FLAG|LIST)\(\"([^\"]+)\"", (TOP / source).read_text()))
    table = rows(TOP / "docs/boot-image.md", section)[2:]
    assert known and {row[0].strip("`") for row in table} == known
    for name, kind, _, example in table:
        # An example of its own property, and of its type.
        assert re.fullmatch(rf"`{name.strip('`')}( = .*)?;`", example)
        assert ("=" not in example) == (kind == "flag")


def test_manifest_examples_are_device_tree(tmp_path):
    """dtc takes the examples as they are, and each has the size that its type says."""
    sizes = {"cell": {4}, "flag": {0}, "range": {8}, "ranges": {8}, "two cells": {8}, "three cells": {12},
             "four cells": {16}}
    for section in ("contexts", "links"):
        table = rows(TOP / "docs/boot-image.md", section)[2:]
        source = "/dts-v1/; / { " + " ".join(row[3].strip("`") for row in table) + " };"
        (tmp_path / "x.dts").write_text(source)
        subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", tmp_path / "x.dtb",
                        tmp_path / "x.dts"], check=True)
        for name, kind, _, _ in table:
            if kind in sizes:
                value = subprocess.run(["fdtget", "-t", "bx", tmp_path / "x.dtb", "/",
                                        name.strip("`")], stdout=subprocess.PIPE, check=True,
                                       text=True).stdout.split()
                assert len(value) in sizes[kind], name


def layout(tmp_path, header, struct, fields):
    """[(offset, bytes)] of the fields, by the compiler."""
    lines = "".join(f'printf("%zu %zu\\n", offsetof(struct {struct}, {f}), '
                    f"sizeof(((struct {struct} *)0)->{f}));" for f in fields)
    source = tmp_path / "layout.c"
    source.write_text(f'#include <stddef.h>\n#include <stdio.h>\n#include "{header}"\n'
                      f"int main(void) {{ {lines} "
                      f'printf("%zu 0\\n", sizeof(struct {struct})); return 0; }}\n')
    subprocess.run(["gcc", f"-I{TOP}", "-o", tmp_path / "layout", source], check=True)
    out = subprocess.run([tmp_path / "layout"], stdout=subprocess.PIPE, check=True, text=True)
    return [tuple(map(int, line.split())) for line in out.stdout.splitlines()]


@pytest.mark.parametrize("page, section, nth, header, struct", [
    ("protocol.md", "Link resource", 0, "resource_table/link_resource.h", "link_resource"),
    ("protocol.md", "Sessions", 0, "resource_table/link_resource.h", "link_session"),
    ("protocol.md", "Doorbells", 0, "resource_table/link_resource.h", "link_doorbell"),
    ("boot-record.md", "Memory", 0, "boot/record.h", "record_header"),
    ("boot-record.md", "Memory", 1, "boot/record.h", "record_entry"),
])
def test_layouts(tmp_path, page, section, nth, header, struct):
    tables, table = [], None
    for row in rows(TOP / "docs" / page, section):
        if row[0] == "offset":
            table = []
            tables.append(table)
        elif row[0].isdigit():
            table.append((int(row[0]), int(row[1]), row[2]))
    table = tables[nth]
    code = layout(tmp_path, header, struct, [field for _, _, field in table])
    assert [(offset, size) for offset, size, _ in table] == code[:-1]
    # and none is left out: from 0 to the end without a hole
    ends = [offset + size for offset, size, _ in table]
    assert [offset for offset, _, _ in table] + [code[-1][0]] == [0] + ends


def number(path, name):
    return int(re.search(rf"#define {name}\s+(0x[0-9a-f]+|\d+)", (TOP / path).read_text())[1], 0)


def test_numbers_of_the_link_resource():
    (kind,) = [row[3] for row in rows(TOP / "docs/protocol.md", "Link resource") if row[2] == "type"]
    assert int(kind) == number("resource_table/link_resource.h", "RESOURCE_LINK")
    text = (TOP / "docs/protocol.md").read_text()
    for path, name in (("resource_table/link_resource.h", "LINK_MAGIC"),):
        assert f"{number(path, name):#x}" in text
    assert f"At most {number('resource_table/layout.h', 'RESOURCE_TABLE_MAX')} bytes" in text


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_and_files_exist(path):
    text = path.read_text()
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), target
    for name in re.findall(r"`((?:base|boot|docs|fdt|images|ldscripts|model|resource_table|test|tools)/"
                           r"[\w./,-]*)`", text):
        assert (TOP / name).exists(), name


def test_functions_exist():
    """Those that the page on architecture names, in its own tree."""
    names = set(re.findall(r"`(\w+)\(\)`", (TOP / "docs/architecture.md").read_text()))
    listed = subprocess.run(["git", "grep", "-hoE", r"\b[a-z0-9_]+\(", "--", "*.h"], cwd=TOP,
                            stdout=subprocess.PIPE, text=True, check=True).stdout
    assert len(names) > 20 and names <= {name[:-1] for name in listed.split()}


def test_make_targets_exist():
    text = "".join(path.read_text() for path in DOCS)
    wanted = set(re.findall(r"`make ([a-z-]+)`", text)) | set(re.findall(r"^make ([a-z]+)", text, re.M))
    done = subprocess.run(["make", "help"], cwd=TOP, stdout=subprocess.PIPE, text=True, check=True)
    known = {name.strip(",") for line in done.stdout.splitlines() for name in line.split()[:2]}
    assert {"demo", "check"} <= wanted and wanted <= known


@pytest.mark.parametrize("language, file", [("c", "sensor/main.c"), ("c", "sensor/reader.c"), ("c", "two-peers/main.c"),
                                            ("", "two-peers/manifest.dts")])
def test_channel_page_quotes_the_examples(language, file):
    text = (TOP / "docs/channel.md").read_text()
    path = TOP / "examples" / file
    assert f"`{path.name}`" in text and f"```{language}\n{path.read_text()}```\n" in text
