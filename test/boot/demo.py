# SPDX-License-Identifier: BSD-2-Clause
"""The demo's boot image, from its own sources but for a word in the manifest."""
import re

from board import BUILD, NAME, SETTINGS, TOP
from its import compile_tree, run

KEYS = TOP / "keys/development"


def demo_with(folder, pattern, text):
    """With what the pattern, which fits once, fits replaced: the path of boot.itb in the folder."""
    demo = BUILD / NAME / "demo"
    manifest, count = re.subn(pattern, text, (demo / "manifest.dts").read_text(), flags=re.M)
    assert count == 1
    compile_tree(folder, "manifest", manifest)
    its = re.sub(r'incbin/\("(?!manifest)', f'incbin/("{demo.resolve()}/', (demo / "boot.its").read_text())
    (folder / "boot.its").write_text(its)
    run(["mkimage", *SETTINGS.get("BOARD_FIT_FLAGS", "").split(), "-f", folder / "boot.its", "-k", KEYS,
         folder / "boot.itb"])
    return folder / "boot.itb"


def verbose_demo(folder):
    """The console shows all of its boot record."""
    return demo_with(folder, r"^/ \{", "/ { verbose;")
