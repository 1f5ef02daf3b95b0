# SPDX-License-Identifier: BSD-2-Clause
"""A picture as SVG 1.1, to be looked at by itself: no scripts, no fonts, no files beside it."""
from xml.etree import ElementTree


class Sheet:
    """White, and what is put on it lies over what was before."""

    def __init__(self, font_size):
        self.root = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "font-size": str(font_size),
                                                "font-family": "DejaVu Sans, Helvetica, Arial, sans-serif"})
        self.put("rect", width="100%", height="100%", fill="#ffffff")

    def put(self, tag, text=None, parent=None, **attributes):
        """Names of attributes with - for _."""
        element = ElementTree.SubElement(self.root if parent is None else parent, tag,
                                         {name.replace("_", "-"): str(value) for name, value in attributes.items()})
        element.text = text
        return element

    def source(self, width, height):
        """In ASCII, so that it is the same in every locale."""
        self.root.attrib |= {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
        ElementTree.indent(self.root, "")
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(self.root).decode("ascii") + "\n"
