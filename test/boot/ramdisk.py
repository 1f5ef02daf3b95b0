# SPDX-License-Identifier: BSD-2-Clause
"""More files in a system's ramdisk."""
import gzip
import stat
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

from board import TOP


def mkinitramfs():
    loader = SourceFileLoader("mkinitramfs", str(TOP / "tools/mkinitramfs"))
    module = module_from_spec(spec_from_loader("mkinitramfs", loader))
    loader.exec_module(module)
    return module


def add_files(system, files):
    """files: {path: bytes}. Linux takes archives that follow each other as one."""
    more = mkinitramfs().Archive()
    for path, data in files.items():
        more.add(path, stat.S_IFREG | 0o644, data)
    system.images["ramdisk"].data += gzip.compress(more.pack(), 1)
