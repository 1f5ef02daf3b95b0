# SPDX-License-Identifier: BSD-2-Clause
"""The map as SVG 1.1, to be looked at by itself: no scripts, no fonts, no files beside it."""
from .header import KEY, KEY_HEIGHT
from .layout import CLASH_AT, MARGIN, PAD, clash_texts, info, region_title
from .sheet import Sheet
from .text import LINE, SIZE, SMALL, address_text, size_text

# (inside, line)
CONTEXTS = [("#bfdbf7", "#2b6cb0"), ("#c6efce", "#2f855a"), ("#fddcb5", "#b7590d"), ("#dfd0f5", "#6b46c1"),
            ("#b9ebe6", "#1f7f7a"), ("#fbcfe0", "#b83280"), ("#f4eaa6", "#8a7112"), ("#e6d3c3", "#7b4f2e")]
GREY = ("#e2e5e9", "#5a6472")
RED, GREEN, BLACK = "#d00000", "#2f855a", "#000"
ROLES = {"plain": BLACK, "bad": RED, "good": GREEN}


class Drawing(Sheet):
    def __init__(self, picture):
        self.picture = picture
        self.colours = {c["name"]: CONTEXTS[n % len(CONTEXTS)] for n, c in enumerate(picture.contexts)}
        self.stripes = {}  # {(context, context): id}
        super().__init__(SIZE)
        self.patterns = self.put("defs")

    def text(self, text, x, y, **attributes):
        if text:
            self.put("text", text, x=x, y=y, **attributes)

    def label(self, text, x, y, **attributes):
        """With a light edge around the letters: stripes and hatches lie below."""
        self.text(text, x, y, paint_order="stroke", stroke="#fff", stroke_width=3, stroke_opacity=0.6, **attributes)

    def pattern(self, name, step, parts):
        pattern = self.put("pattern", parent=self.patterns, id=name, width=step, height=step, patternUnits="userSpaceOnUse",
                           patternTransform="rotate(45)")
        for width, fill in parts:
            self.put("rect", parent=pattern, width=width, height=step, fill=fill)

    def line_colour(self, owners):
        return self.colours[owners[0]][1] if owners else GREY[1]

    def fill(self, owners):
        """A link has the colours of both its ends, in stripes."""
        if len(owners) < 2:
            return self.colours[owners[0]][0] if owners else GREY[0]
        if owners not in self.stripes:
            self.stripes[owners] = f"ends{len(self.stripes)}"
            first, second = (self.colours[name][0] for name in owners)
            self.pattern(self.stripes[owners], 28, [(28, first), (14, second)])
        return f"url(#{self.stripes[owners]})"

    def header(self):
        for patch in self.picture.header.patches:
            self.put("rect", x=patch.x, y=patch.y, width=KEY, height=KEY_HEIGHT, rx=2,
                     stroke=self.line_colour(patch.owners), fill=self.fill(patch.owners))
        for line in self.picture.header.lines:
            self.text(line.text, line.x, line.y, font_size=line.size, fill=ROLES[line.role],
                      **({"font_weight": "bold"} if line.bold else {}))

    def box(self, box):
        p = box.place
        rect = self.put("rect", x=p.x, y=p.y, width=p.width, height=p.height, rx=3,
                        stroke=RED if box.bad else self.line_colour(box.owners), stroke_width=2 if box.bad else 1,
                        fill=self.fill(box.owners), **({"fill_opacity": 0.45} if box.parts else {}))
        self.put("title", f"{box.name} 0x{box.base:08x}..0x{box.end:08x}, {box.end - box.base} bytes", rect)

    def region(self, region):
        p, line = region.place, RED if region.bad else "#999"
        self.text(region_title(region), p.x, p.y - 10, font_size=14, font_weight="bold",
                  fill=RED if region.bad else BLACK)
        self.put("rect", x=p.x, y=p.y, width=p.width, height=p.height, fill="#f8f8f8", stroke=line,
                 stroke_dasharray="5 3")
        for box in region.boxes:
            self.box(box)

    def clash(self, clash):
        """The bytes that both want, hatched over both, and beside the region who they are."""
        places, edges = [box.place for box in clash.boxes], clash.region.edges
        x, right = min(p.x for p in places), max(p.right for p in places)
        y, end = edges[clash.base], edges[clash.end]
        edge = clash.region.place.right
        self.put("rect", x=x, y=y, width=right - x, height=end - y, fill="url(#clash)", fill_opacity=0.45, stroke=RED,
                 stroke_width=2)
        self.put("path", d=f"M{right} {(y + end) // 2}L{edge + 8} {clash.y}h12", fill="none", stroke=RED)
        range_text, names = clash_texts(clash)
        self.text(range_text, edge + CLASH_AT, clash.y, font_weight="bold", fill=RED)
        self.text(names, edge + CLASH_AT, clash.y + LINE, fill=RED)

    def addresses(self, region):
        for address, y in region.edges.items():
            self.text(address_text(address), region.place.x - 8, y + 4, text_anchor="end", font_size=SMALL,
                      font_family="DejaVu Sans Mono, monospace", fill="#444")
            self.put("path", d=f"M{region.place.x - 5} {y}h5", stroke="#888")

    def labels(self, region):
        for box in region.boxes:
            p, small = box.place, {"font_size": SMALL, "fill": "#333"}
            if box.parts:  # its text is left of them, in two lines
                self.label(box.name, p.x + PAD, p.y + LINE, font_weight="bold")
                self.label(info(box), p.x + PAD, p.y + 2 * LINE, **small)
                continue
            # In the middle, or on top where edges of others go through.
            crossed = any(box.base < address < box.end for address in region.edges)
            y = p.y + (LINE if crossed else p.height // 2 + 4)
            self.label(box.name, p.x + PAD, y, font_weight="bold")
            self.label(info(box), p.right - PAD, y, text_anchor="end", **small)

    def gaps(self, region, inside=None):
        """Between two edges that lie in the box, or the region, what is nobody's."""
        outer = inside or region
        edges = [address for address in region.edges if outer.base <= address <= outer.end]
        for base, end in zip(edges, edges[1:]):
            y = (region.edges[base] + region.edges[end]) // 2 + 4
            if any(box.meets(base, end) for box in region.inside(inside)) or self.is_disputed(base, end):
                continue
            use = "unused" if inside else self.picture.gap_use(region, base, end)
            at = {"x": inside.place.right - PAD - 2, "text_anchor": "end"} if inside else \
                {"x": region.place.x + region.place.width // 2, "text_anchor": "middle"}
            self.text(f"{size_text(end - base)} {use}", y=y, font_size=SMALL, font_style="italic", fill="#777", **at)

    def is_disputed(self, base, end):
        return any(clash.base < end and base < clash.end for clash in self.picture.clashes)

    def footer(self):
        self.text("Addresses go down; heights grow with the logarithm of sizes. A link has the colours of its ends.",
                  MARGIN, self.picture.height - 14, font_size=SMALL, fill="#777")


def draw(picture):
    drawing = Drawing(picture)
    drawing.pattern("clash", 8, [(3, RED)])
    drawing.header()
    for region in picture.regions:
        drawing.region(region)
    for clash in picture.clashes:
        drawing.clash(clash)
    for region in picture.regions:
        drawing.addresses(region)
        drawing.labels(region)
        for inside in [None, *(box for box in region.boxes if box.parts)]:
            drawing.gaps(region, inside)
    drawing.footer()
    return drawing.source(picture.width, picture.height)
