# SPDX-License-Identifier: BSD-2-Clause
"""Where everything is drawn. Addresses go down from the top; the height of what lies between two edges grows
with the logarithm of its size, so that a page and 100 MiB are both legible. Widths are what the text takes."""
from dataclasses import dataclass

from .header import Header
from .text import LINE, SIZE, SMALL, size_text, width_of

MARGIN = 24
TITLE = 28  # of a region
ADDRESSES = 92  # width of the column of addresses, left of each region
WIDTHS = 320, 440  # the least, of flash and of the others
INSET, PAD, BETWEEN = 4, 8, 18
CLASH_AT = 26  # from a region to what is said of a clash
FOOT = 40

ROW = 24  # the least that text takes
GAP = 30  # what nobody has claimed
THIN = 14  # a few bytes between boxes inside a box
TWO_ROWS = 40  # of a box that has boxes inside: name and size are left of them


@dataclass
class Place:  # pixels
    x: int
    y: int
    width: int
    height: int

    @property
    def right(self):
        return self.x + self.width

    @property
    def bottom(self):
        return self.y + self.height


def info(box):
    """Behind its name, or below it."""
    return ", ".join(filter(None, [size_text(box.end - box.base), box.note]))


# --- down: edges --------------------------------------------------------------------------------------


def height(region, base, end):
    met = [box for box in region.boxes if box.meets(base, end)]
    pages = (end - base).bit_length() - 13  # their logarithm
    if not met:
        return GAP
    if not all(box.parts for box in met):
        return ROW + 3 * max(pages, 0)
    return THIN if pages < 0 else ROW


def stack(region, y):
    """Give every edge its y; return the last one."""
    at = {region.base, region.end, *region.marks}
    at.update(address for box in region.boxes for address in (box.base, box.end))
    at = sorted(at)
    heights = [height(region, base, end) for base, end in zip(at, at[1:])]
    for box in region.boxes:
        span = range(at.index(box.base), at.index(box.end))
        short = TWO_ROWS - sum(heights[i] for i in span)
        if box.parts and short > 0:
            heights[max(span, key=lambda i: heights[i])] += short
    region.edges = {at[0]: y}
    for address, step in zip(at[1:], heights):
        y += step
        region.edges[address] = y
    return y


# --- across: lanes ------------------------------------------------------------------------------------


def groups(boxes):
    """Boxes that have addresses in common, directly or by others, as lists of lanes; a lane is a list of boxes
    below each other."""
    found, end = [], 0
    for box in sorted(boxes, key=lambda box: box.base):
        if not found or box.base >= end:
            found.append([])
        end = max(end, box.end)
        lane = next((lane for lane in found[-1] if lane[-1].end <= box.base), None)
        if lane is None:
            found[-1].append(lane := [])
        lane.append(box)
    return found


def label_width(box):
    return max(width_of(box.name, SIZE, bold=True), width_of(info(box), SMALL)) + 2 * PAD


def needed(box):
    if box.parts:
        gap = width_of("1023.9 KiB unused", SMALL) + 2 * PAD
        return label_width(box) + max(gap, needed_by(box.parts)) + INSET
    return width_of(box.name, SIZE, bold=True) + BETWEEN + width_of(info(box), SMALL) + 2 * PAD


def lane_width(lane):
    return max(map(needed, lane))


def needed_by(boxes):
    return max((sum(map(lane_width, group)) for group in groups(boxes)), default=0)


def place_boxes(region, boxes, x, width):
    """Lanes of a group share the width: what each needs, and the rest alike."""
    for group in groups(boxes):
        at, more = x, (width - sum(map(lane_width, group))) // len(group)
        for lane in group:
            for box in lane:
                y = region.edges[box.base]
                box.place = Place(at, y, lane_width(lane) + more, region.edges[box.end] - y)
                inner = label_width(box)
                place_boxes(region, box.parts, at + inner, box.place.width - inner - INSET)
            at += lane_width(lane) + more


# --- all of it ----------------------------------------------------------------------------------------


def column(regions, x, y, width):
    """Regions below each other. Returns the bottom of the last one."""
    bottom = y
    for region in regions:
        bottom = stack(region, y + TITLE)
        region.place = Place(x, y + TITLE, width, bottom - y - TITLE)
        place_boxes(region, region.inside(None), x, width)
        y = bottom + TITLE
    return bottom


def clash_texts(clash):
    size = size_text(clash.end - clash.base)
    return (f"overlap, {size}: {clash.base:08x}..{clash.end:08x}",
            " and ".join(box.name for box in clash.boxes))


def clash_width(picture):
    texts = [text for clash in picture.clashes for text in clash_texts(clash)]
    return max((CLASH_AT + width_of(text, SIZE, bold=True) for text in texts), default=0)


def place_clashes(picture):
    """Each beside its bytes if it can be, or below the one before. Returns where the last ends."""
    free = 0
    for clash in picture.clashes:
        edges = clash.region.edges
        clash.y = max((edges[clash.base] + edges[clash.end]) // 2, free)
        free = clash.y + 3 * LINE
    return free


def lay_out(picture):
    """Flash left, everything else at its right."""
    flash, *others = picture.regions
    widths = [max(least, *(max(needed_by(region.inside(None)), title_width(region)) for region in regions))
              for least, regions in zip(WIDTHS, ([flash], others))]
    xs = MARGIN + ADDRESSES, MARGIN + 2 * ADDRESSES + widths[0] + MARGIN
    header = picture.header = Header(picture)
    picture.width = max(xs[1] + widths[1] + clash_width(picture), MARGIN + header.width) + MARGIN
    y = header.lay_out(MARGIN, picture.width - MARGIN)
    bottoms = [column(regions, x, y, width) for regions, x, width in zip(([flash], others), xs, widths)]
    picture.height = max(*bottoms, place_clashes(picture)) + FOOT


def title_width(region):
    return width_of(region_title(region), 14, bold=True)


def region_title(region):
    return f"{region.title}, {size_text(region.end - region.base)}"
