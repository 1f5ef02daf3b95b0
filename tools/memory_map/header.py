# SPDX-License-Identifier: BSD-2-Clause
"""What stands above the regions: what it is a map of, what the board says of it, and who is who."""
from dataclasses import dataclass

from .picture import error_text
from .text import LINE, SIZE, printable, width_of, wrapped

TITLE, VERDICT = 18, 13  # sizes of letters
KEY, KEY_HEIGHT = 22, 14  # a patch of colour
BETWEEN = 12
COLUMNS = 36  # from the contexts to the links
LEAST = 620  # so that verdicts do not become towers


@dataclass
class Line:
    text: str
    x: int
    y: int
    size: int = SIZE
    bold: bool = False
    role: str = "plain"  # good, bad, plain


@dataclass
class Patch:
    owners: tuple
    x: int
    y: int


def context_words(picture, context):
    """What is behind its name."""
    what = "Linux" if context["linux"] else "bare metal"
    cores = [f"{core:x}" for core in context["cores"]]
    where = f" on core{'s'[:len(cores) > 1]} {', '.join(cores)}" if cores else ""
    if where and len(picture.plan["clusters"]) > 1:
        where += f" of {context['cluster']}"
    failed = f"; refused: {error_text(context['failed'])}" if context["failed"] else ""
    return f"{what}{where}{failed}"


def end_words(end):
    bell = end["doorbell"]
    by = "polls" if bell["type"] == "none" else f"is woken by {bell['type']} {bell['number']}"
    return f"{printable(end['context'])} ({end['role']}) {by}"


def link_words(link):
    ways = "" if link["method"] == "preset" else f"; {link['method']}"
    return f"{', '.join(map(end_words, link['ends']))}{ways}{'; refused' if link['failed'] else ''}"


def view_words(picture):
    """Lines of what each cluster sees that a context is on, where the board has several."""
    clusters = picture.plan["clusters"]
    for cluster in clusters if len(clusters) > 1 else ():
        names = [printable(c["name"]) for c in picture.contexts if c["cluster"] == cluster["name"]]
        if not names:
            continue
        views = [f"{v['base']:08x}..{v['base'] + v['size']:08x} {'where it is' if v['at'] == v['base'] else 'at %08x' % v['at']}"
                 for v in cluster["sees"]]
        yield f"{cluster['name']} ({', '.join(names)}) sees {', '.join(views) or 'all where it is'}"


class Header:
    def __init__(self, picture):
        self.picture = picture
        self.lines, self.patches = [], []
        contexts = [((c["name"],), printable(c["name"]), context_words(picture, c)) for c in picture.contexts]
        links = [(tuple(end["context"] for end in link["ends"]), printable(link["name"]), link_words(link))
                 for link in picture.links]
        self.columns = [contexts + [((), "loader, board", "")], links]
        self.width = max(LEAST, width_of(picture.title, TITLE, bold=True), sum(map(self.column_width, self.columns)))

    @staticmethod
    def name_width(column):
        return max((width_of(name, SIZE, bold=True) for _, name, _ in column), default=0)

    def column_width(self, column):
        return KEY + 2 * BETWEEN + self.name_width(column) + max((width_of(words) for _, _, words in column), default=0) + COLUMNS

    def lay_out(self, x, right):
        """Returns where it ends."""
        y = 34
        self.lines.append(Line(self.picture.title, x, y, TITLE, bold=True))
        y += 8
        for line in wrapped(self.picture.verdict, right - x, VERDICT):
            y += LINE
            self.lines.append(Line(line, x, y, VERDICT, role="bad" if self.picture.refused else "good"))
        top = bottom = y + LINE // 2
        at = x
        for column in self.columns:
            y = top
            for owners, name, words in column:
                y += LINE + 4
                self.patches.append(Patch(owners, at, y - KEY_HEIGHT + 3))
                self.lines.append(Line(name, at + KEY + BETWEEN, y, bold=True))
                self.lines.append(Line(words, at + KEY + 2 * BETWEEN + self.name_width(column), y))
            bottom = max(bottom, y)
            at += self.column_width(column)
        y = bottom + LINE // 2
        for words in view_words(self.picture):
            for n, line in enumerate(wrapped(words, right - x - 2 * BETWEEN)):
                y += LINE
                self.lines.append(Line(line, x + (2 * BETWEEN if n else 0), y))
        return y + LINE // 2
