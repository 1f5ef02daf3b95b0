# SPDX-License-Identifier: BSD-2-Clause
"""A plan, even one that does not hold, becomes regions (flash, RAM, and what is neither) that hold boxes."""
from dataclasses import dataclass, field
from itertools import combinations

from .text import printable


class NothingPlanned(Exception):
    """There is no map yet."""


@dataclass(eq=False)
class Box:
    name: str
    base: int
    end: int
    owners: tuple = ()  # contexts whose colours it has: two for a link, none for what is the board's
    note: str = ""  # what there is to know besides its size
    bad: bool = False
    parent: "Box" = None
    parts: list = field(default_factory=list)  # boxes inside
    place: "Place" = None

    def meets(self, base, end):
        return self.base < end and base < self.end


@dataclass(eq=False)
class Region:
    title: str
    base: int
    end: int
    bad: bool = False  # nothing may be there
    boxes: list = field(default_factory=list)  # all of them: who holds others comes before them
    marks: list = field(default_factory=list)  # addresses at which a gap becomes another one
    edges: dict = field(default_factory=dict)  # {address: y}, in order
    place: "Place" = None

    def holds(self, base, end):
        return self.base <= base and end <= self.end

    def add(self, name, base, end, **more):
        box = Box(name, base, end, **more)
        if box.parent:
            box.parent.parts.append(box)
        self.boxes.append(box)
        return box

    def inside(self, parent):
        return [box for box in self.boxes if box.parent is parent]


@dataclass
class Clash:
    """Two boxes of one region that may not meet."""
    region: Region
    boxes: tuple
    base: int
    end: int
    y: int = 0  # of what is said of it


class Picture:
    def __init__(self, plan):
        self.plan = plan
        self.contexts, self.links = plan["contexts"], plan["links"]
        self.title = f"{printable(plan['file'].rsplit('/', 1)[-1])} on {plan['board']}"
        self.refused = plan["error"] is not None
        self.verdict = verdict(plan)
        self.regions, self.clashes = [], []
        self.width = self.height = 0

    def gap_use(self, region, base, end):
        """Linux has what it is given, or all RAM."""
        for context in self.contexts:
            if not context["linux"] or context["failed"]:
                continue
            given = [end_of(r) for r in context["memory"]]
            if any(first <= base and end <= last for first, last in given):
                return "free for Linux"
            return "unused" if given or region.title != "RAM" else "free for Linux"
        return "unused"


def end_of(thing):
    """(base, end) of what has a base and a size."""
    return thing["base"], thing["base"] + thing["size"]


def error_text(error):
    return f"{error['name']} ({error['number']}) in {error['stage']}: {printable(error['text'])}"


def verdict(plan):
    if plan["error"]:
        return f"refused: {error_text(plan['error'])}"
    failed = [context["name"] for context in plan["contexts"] if context["failed"]]
    return ", without ".join(["accepted: the board boots it", *map(printable, failed)])


# --- flash: the loader, the slots, and the boot image with what is in it ------------------------------


def add_flash(picture):
    plan = picture.plan
    flash = Region("flash", *end_of(plan["flash"]))
    picture.regions.append(flash)
    first, second = (end_of(slot) for slot in plan["slots"])
    if flash.base < first[0]:
        flash.add("loader", flash.base, first[0])
    slot = flash.add("slot A", *first)
    if plan["fit_bytes"]:
        fit = flash.add("boot image", first[0], first[0] + plan["fit_bytes"], parent=slot)
        for context in plan["contexts"]:
            for image in context["images"]:
                if image["at"]:
                    flash.add(printable(image["name"]), *end_of(image["at"]), owners=(context["name"],), parent=fit)
    flash.add("slot B", *second)


# --- RAM: the claims ----------------------------------------------------------------------------------


def seen_at(context, address):
    """Where the context's cores see what is at a physical address."""
    for view in context["sees"]:
        if view["base"] <= address < view["base"] + view["size"]:
            return address - view["base"] + view["at"]
    return address


def physical(context, address):
    """The other way round."""
    for view in context["sees"]:
        if view["at"] <= address < view["at"] + view["size"]:
            return address - view["at"] + view["base"]
    return address


def note(claim, contexts):
    base, end = end_of(claim)
    if claim["loading"] != claim["running"]:
        return "while loading" if claim["loading"] else "at start"
    context = contexts.get(claim["context"])
    if not context or claim["owner"] != context["name"] or claim["link"]:
        return ""
    found = []
    if seen_at(context, base) != base:
        found.append(f"seen at {seen_at(context, base):08x}")
    if not claim["holds"]:
        table = context["table"]
        if context["images"] and context["images"][0]["segments"] and base <= physical(context, context["entry"]) < end:
            found.append(f"core {context['core']:x} enters")
        elif table and base <= table["base"] and sum(table.values()) <= end:
            found.append("resource table")
    return ", ".join(found)


def owners(claim, links):
    if claim["link"]:
        return tuple(end["context"] for end in links[claim["link"]]["ends"])
    return (claim["context"],) if claim["context"] else ()


def regions_of_claims(plan):
    """A claim goes to the region that holds all of it, else to the last, which is for what is outside and is as
    large as that. What the tree keeps outside RAM is not drawn: None."""
    ram = [Region("RAM", *end_of(r)) for r in plan["ram"]]
    homes = [next((region for region in ram if region.holds(*end_of(claim))), None) for claim in plan["claims"]]
    lost = [end_of(claim) for claim, home in zip(plan["claims"], homes) if not home and not claim["foreign"]]
    if not lost:
        return ram, homes
    outside = Region("outside RAM", min(base for base, _ in lost), max(end for _, end in lost), bad=True)
    return [*ram, outside], [home or (None if claim["foreign"] else outside) for claim, home in zip(plan["claims"], homes)]


def add_claims(picture):
    """The boxes of the plan's claims, in their order; None for those that are not drawn."""
    plan, boxes = picture.plan, []
    contexts = {context["name"]: context for context in plan["contexts"]}
    links = {link["name"]: link for link in plan["links"]}
    regions, homes = regions_of_claims(plan)
    picture.regions += regions
    for claim, home in zip(plan["claims"], homes):
        parent = None if claim["parent"] is None else boxes[claim["parent"]]
        boxes.append(home and home.add(
            printable(claim["name"]), *end_of(claim), owners=owners(claim, links), note=note(claim, contexts),
            bad=home.bad or bool(claim["conflicts"]), parent=parent if parent in home.boxes else None))
    for region in picture.regions:
        for context in plan["contexts"]:
            for mark in map(end_of, context["memory"] if context["linux"] else []):
                region.marks += mark if region.holds(*mark) else ()
    return boxes


def is_its_own(claims, i, j):
    """Two that may not meet, and it is not what they lie in that does not already."""
    parent_i, parent_j = claims[i]["parent"], claims[j]["parent"]
    if j not in claims[i]["conflicts"]:
        return False
    if parent_i not in (None, j) and j in claims[parent_i]["conflicts"]:
        return False
    return parent_j in (None, i) or i not in claims[parent_j]["conflicts"]


def add_clashes(picture, boxes):
    """One in RAM and the other partly outside: the error says it."""
    claims = picture.plan["claims"]
    for i, j in combinations(range(len(claims)), 2):
        if not boxes[i] or not boxes[j] or not is_its_own(claims, i, j):
            continue
        for region in picture.regions:
            if boxes[i] in region.boxes and boxes[j] in region.boxes:
                picture.clashes.append(Clash(region, (boxes[i], boxes[j]), max(boxes[i].base, boxes[j].base),
                                             min(boxes[i].end, boxes[j].end)))


def picture_of(plan):
    if not plan["claims"]:
        raise NothingPlanned(f"{printable(plan['file'])}: nothing is planned yet, so there is no map")
    picture = Picture(plan)
    add_flash(picture)
    add_clashes(picture, add_claims(picture))
    return picture
