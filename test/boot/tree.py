# SPDX-License-Identifier: BSD-2-Clause
"""A device tree to be changed at will: boot images that somebody else than mkimage had in hand."""
import hashlib
import struct

import libfdt


class Tree(libfdt.Fdt):
    """Nodes and properties by path; what changes it returns it."""

    def __init__(self, data):
        super().__init__(data)
        self.resize(self.totalsize() + 0x10000)

    def node(self, path):
        return self.path_offset(path)

    def get(self, path, name):
        return bytes(self.getprop(self.node(path), name))

    def set(self, path, name, value):
        if isinstance(value, int):
            value = struct.pack(">I", value)
        elif isinstance(value, str):
            value = value.encode() + b"\0"
        self.setprop(self.node(path), name, value)
        return self

    def add(self, path, name):
        self.add_subnode(self.node(path), name)
        return self

    def names(self, path):
        """Of the properties of a node, in their order."""
        found, offset = [], self.first_property_offset(self.node(path), libfdt.QUIET_NOTFOUND)
        while offset >= 0:
            found.append(self.get_property_by_offset(offset).name)
            offset = self.next_property_offset(offset, libfdt.QUIET_NOTFOUND)
        return found

    def children(self, path):
        """The names of a node's sub-nodes."""
        found, child = [], self.first_subnode(self.node(path), libfdt.QUIET_NOTFOUND)
        while child >= 0:
            found.append(self.get_name(child))
            child = self.next_subnode(child, libfdt.QUIET_NOTFOUND)
        return found

    def copy(self, source, parent, name):
        """A node and what is below it, under another name."""
        self.add(parent, name)
        target = f"{parent.rstrip('/')}/{name}"
        for property in reversed(self.names(source)):
            self.set(target, property, self.get(source, property))
        for child in self.children(source):
            self.copy(f"{source}/{child}", target, child)
        return self

    def take(self, other, path):
        """All properties of a node, and of those below it, from another tree."""
        for name in other.names(path):
            self.set(path, name, other.get(path, name))
        for child in other.children(path):
            self.take(other, f"{path.rstrip('/')}/{child}")
        return self

    def replace(self, image, data):
        """The image's data, and its hash to fit."""
        self.set(f"/images/{image}", "data", data)
        return self.set(f"/images/{image}/hash-1", "value", hashlib.sha256(data).digest())

    def flip(self, path, name, bit=0):
        value = bytearray(self.get(path, name))
        value[-1 - bit // 8] ^= 1 << bit % 8
        return self.set(path, name, bytes(value))

    def packed(self):
        self.pack()
        return bytes(self.as_bytearray())
