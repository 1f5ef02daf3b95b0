# SPDX-License-Identifier: BSD-2-Clause
"""Boot images for tests: a few lines of Python become an .its, plain mkimage does the rest."""
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from board import SETTINGS


ELF32 = b"\x7fELF\1"  # firmware: of peers, where those have another instruction set than Linux


@dataclass
class Image:
    """One image node; None leaves a property out."""
    data: bytes
    type: str = "firmware"
    load: int = None
    entry: int = None
    compression: str = "none"
    hashes: tuple = ("sha256",)
    more: dict = field(default_factory=dict)


@dataclass
class Fit:
    """Images by node name; the default configuration names the manifest and nothing else. More
    configurations come behind it."""
    images: dict
    configuration: dict = field(default_factory=lambda: {"manifest": "manifest"})
    default: str = "conf"
    more: dict = field(default_factory=dict)

    def write(self, folder, *flags):
        """Files and boot.itb in folder; flags are mkimage's. The path of boot.itb."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name, image in self.images.items():
            (folder / f"{name}.bin").write_bytes(image.data)
        (folder / "boot.its").write_text(self.source())
        run(["mkimage", "-f", folder / "boot.its", *flags, folder / "boot.itb"])
        return folder / "boot.itb"

    def source(self):
        images = {name: self.image_node(name, image) for name, image in self.images.items()}
        tree = {
            "description": "test",
            "#address-cells": 1,
            "images": images,
            "configurations": {"default": self.default,
                               "conf": {"description": "test", **self.configuration},
                               **self.more},
        }
        return source(tree)

    @staticmethod
    def image_node(name, image):
        arch = SETTINGS["IMAGE_FIT_ARCH" if image.data.startswith(ELF32) else "FIT_ARCH"]
        node = {"description": name, "data": Incbin(f"{name}.bin"), "type": image.type,
                "arch": arch, "os": "linux", "compression": image.compression,
                "load": image.load, "entry": image.entry, **image.more}
        for n, algorithm in enumerate(image.hashes, 1):
            node[f"hash-{n}"] = {"algo": algorithm}
        return node


class Incbin(str):
    """A file, named as seen from the source."""


class U64(tuple):
    """Numbers of two cells each."""


def run(command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    assert not done.returncode, done.stdout + done.stderr


def value(v):
    if isinstance(v, Incbin):
        return f'/incbin/("{v}")'
    if isinstance(v, str):
        return f'"{v}"'
    if isinstance(v, U64):
        return f"/bits/ 64 <{' '.join(map(hex, v))}>"
    if isinstance(v, int):
        return f"<{v:#x}>"
    if all(isinstance(n, int) for n in v):
        return f"<{' '.join(map(hex, v))}>"
    return ", ".join(map(value, v))


def body(node):
    # Properties before nodes, as dtc wants them.
    for name, v in sorted(node.items(), key=lambda item: isinstance(item[1], dict)):
        if v is None or v is False:
            continue
        if isinstance(v, dict):
            yield f"{name} {{\n{''.join(body(v))}}};\n"
        elif v is True:
            yield f"{name};\n"
        else:
            yield f"{name} = {value(v)};\n"


def source(tree):
    return f"/dts-v1/;\n/ {{\n{''.join(body(tree))}}};\n"


def compile_tree(folder, name, tree, *flags):
    """A tree, as nested dicts or as source, to a blob: bytes. Flags are dtc's."""
    dts, dtb = Path(folder) / f"{name}.dts", Path(folder) / f"{name}.dtb"
    dts.parent.mkdir(parents=True, exist_ok=True)
    dts.write_text(tree if isinstance(tree, str) else source(tree))
    run(["dtc", "-q", *flags, "-I", "dts", "-O", "dtb", "-o", dtb, dts])
    return dtb.read_bytes()


def manifest(folder, contexts, links=None, verbose=True):
    """The manifest's blob. Ranges are numbers of two cells. verbose: the console shows the whole record."""
    wide = ("memory", "registers", "resource-table", "xamp", "k3-carveout")
    nodes = [{name: {key: U64(v) if key in wide else v for key, v in node.items()}
              for name, node in group.items()} for group in (contexts, links or {})]
    tree = {"compatible": "peerboot,manifest-v1", "#address-cells": 2, "#size-cells": 2,
            "verbose": verbose, "contexts": nodes[0]}
    if links:
        tree["links"] = nodes[1]
    return compile_tree(folder, "manifest", tree)
