# SPDX-License-Identifier: BSD-2-Clause
"""How wide text is, and how numbers are written."""

SIZE, SMALL = 12, 11  # pixels
LINE = 16  # from one line to the next

def widths(text):
    return [int(word) for word in text.split()]


# From ' ' to '~', in hundredths of the font's size: DejaVu Sans, which is wider than what stands in for it.
PLAIN = widths(
    "32 41 46 84 64 95 78 28 39 39 50 84 32 37 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 54 100 69 69 70 "
    "77 64 58 78 76 30 30 66 56 87 75 79 61 79 70 64 62 74 69 99 69 62 69 39 34 39 84 50 50 62 64 55 64 62 36 64 64 "
    "28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84")
BOLD = widths(
    "35 46 53 84 70 101 88 31 46 46 53 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58 100 78 77 74 "
    "83 69 69 83 84 38 38 78 64 100 84 85 74 85 77 72 69 82 78 111 78 73 73 46 37 46 84 50 50 68 72 60 72 68 44 72 "
    "72 35 35 67 35 105 72 69 72 72 50 60 48 72 66 93 65 66 59 72 37 72 84")
WIDEST = 110


def width_of(text, size=SIZE, bold=False):
    known = BOLD if bold else PLAIN
    hundredths = (known[ord(c) - 32] if " " <= c <= "~" else WIDEST for c in text)
    return -(-sum(hundredths) * size // 100)


def wrapped(text, width, size=SIZE, bold=False):
    """In lines of at most this width, as far as it has spaces."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width_of(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def size_text(size):
    """As people say it: 352 B, 29.4 KiB, 2 MiB."""
    scale, unit = 1, "B"
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size // scale < 1024 or unit == "GiB":
            break
        scale *= 1024
    return f"{size / scale:.1f} {unit}" if size % scale else f"{size // scale} {unit}"


def address_text(address):
    """In halves: 5d04_6000."""
    return f"{address >> 16:04x}_{address & 0xffff:04x}"


def printable(text):
    """JSON has each byte of a name as a character. What no one can read is '?'."""
    text = text.encode("latin-1", "replace").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "?" for c in text)
