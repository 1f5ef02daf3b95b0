# SPDX-License-Identifier: BSD-2-Clause
"""What happens to flash, by accident or by somebody who has no key. Each kind is a function that takes
dice and a Flash, changes it and says what it did; a seed and a number choose kind, board and all else.

Not among them, since nothing in the loader can stand up to it: another loader (bank 0 before the slots),
and a boot state that somebody has written with its CRC to fit.
"""
import hashlib
import random
import struct

from campaign.good import A, B, LAYOUTS, SLOT_ROOM, STATES, Flash, order
from boards.slots import LAYOUT
from tree import Tree

RECORD = LAYOUT.size
CONF = "/configurations/conf"
SIGNATURE = f"{CONF}/signature-1"
IMAGES = ("manifest", "kernel", "p")
HEADER = 40  # bytes of a device tree's
# Numbers that offsets and sizes break at.
NUMBERS = (0, 1, 4, 0x28, 0x1000, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff)


def word(data, at):
    return struct.unpack_from(">I", data, at)[0]


def tree_size(slot):
    """With the bytes up to external data, if there is some."""
    return word(slot, 4) + 3 & ~3


def size_of(slot):
    """The boot image's: behind it flash is erased."""
    return len(bytes(slot).rstrip(b"\xff")) + 3 & ~3


def place(slot, node, name):
    """Where in the slot the value of a property lies; None if the node has none of that name."""
    tree = Tree(bytes(slot))
    if name not in tree.names(node):
        return None
    value = tree.get(node, name)
    at = bytes(slot).index(value)
    return at, at + len(value)


def regions(slot):
    """{name: (from, to)} of what a bit may be flipped in."""
    structure, strings = word(slot, 8), word(slot, 12)
    return {
        "header": (0, HEADER),
        "structure": (structure, structure + word(slot, 36)),
        "strings": (strings, strings + word(slot, 32)),
        "signature": place(slot, SIGNATURE, "value"),
        "hash": place(slot, "/images/p/hash-1", "value"),
        "data": place(slot, "/images/kernel", "data") or (tree_size(slot), size_of(slot)),
        "all": (0, size_of(slot)),
        "erased rest": (size_of(slot), SLOT_ROOM),
    }


def first(flash):
    """The slot that would have booted: a mutation of the other one would not be seen."""
    return order(flash.bank)[0]


def letter(slot):
    return f"slot {'ab'[slot]}"


# --- bytes ---------------------------------------------------------------------------------------------

def flip(dice, data, start, end, count):
    bits = sorted(dice.sample(range(8 * start, 8 * end), count))
    for bit in bits:
        data[bit // 8] ^= 1 << bit % 8
    return ", ".join(f"0x{bit // 8:x}.{bit % 8}" for bit in bits)


def flip_in(name, most):
    def run(dice, flash, slot):
        data = flash.slots[slot]
        return f"bits {flip(dice, data, *regions(data)[name], dice.randint(1, most))}"

    return run


def field(dice, flash, slot):
    """A number of the header, or any other cell of the tree, becomes another."""
    data = flash.slots[slot]
    at = dice.choice([dice.randrange(0, HEADER, 4), dice.randrange(HEADER, tree_size(data), 4)])
    value = dice.choice([dice.choice(NUMBERS), word(data, at) + dice.choice([-8, -4, -1, 1, 4, 8])])
    struct.pack_into(">I", data, at, value & 0xffffffff)
    return f"0x{at:x} is 0x{value & 0xffffffff:x}"


def block(dice, flash, slot):
    """A block of something else: erased, zeros, noise, or another part of the same boot image."""
    data = flash.slots[slot]
    size = dice.choice([16, 64, 512])
    at, other = (dice.randrange(0, size_of(data) - size, 4) for _ in range(2))
    kind, content = dice.choice([("erased", b"\xff" * size), ("zeros", bytes(size)),
                                 ("noise", dice.randbytes(size)),
                                 (f"from 0x{other:x}", data[other:other + size])])
    data[at:at + size] = content
    return f"0x{size:x} bytes at 0x{at:x}: {kind}"


def truncated(dice, flash, slot):
    """Writing ended there, or never began: erased, or zeros, from there on."""
    data = flash.slots[slot]
    at = dice.randrange(size_of(data))
    fill = dice.choice([b"\xff", b"\0"])
    data[at:] = fill * (SLOT_ROOM - at)
    return f"0x{fill[0]:02x} from 0x{at:x}"


def headless(dice, flash, slot):
    """Erasing ended there."""
    data = flash.slots[slot]
    end = dice.randrange(1, size_of(data))
    data[:end] = b"\xff" * end
    return f"erased up to 0x{end:x}"


# --- two boot images -----------------------------------------------------------------------------------

def swapped(_dice, flash):
    flash.slots.reverse()
    return "each boot image in the other's slot"


def half_written(dice, flash, slot):
    """The start of one, the rest of the other."""
    own, other = flash.slots[slot], flash.untouched[1 - slot]
    at = dice.randrange(4, size_of(own))
    own[:at] = other[:at]
    return f"the other's up to 0x{at:x}"


class Image:
    """A boot image as a tree and what lies behind it: external data, if the tree has none."""

    def __init__(self, data):
        self.tree = Tree(bytes(data))
        self.behind = bytearray(data[tree_size(data):size_of(data)])

    def place(self, image):
        """Where its external data is; None if it is in the tree."""
        if "data" in self.tree.names(image):
            return None
        at, size = (word(self.tree.get(image, name), 0) for name in ("data-offset", "data-size"))
        return slice(at, at + size)

    def data(self, image):
        place = self.place(image)
        return bytes(self.behind[place]) if place else self.tree.get(image, "data")

    def set_data(self, image, data):
        if place := self.place(image):
            self.behind[place] = data
        else:
            self.tree.set(image, "data", bytes(data))

    def write(self, slot):
        packed = self.tree.packed()
        slot[:] = (packed + bytes(-len(packed) % 4) + self.behind).ljust(SLOT_ROOM, b"\xff")


def spliced(*kinds):
    """Nodes of one with parts of the other's, by path."""
    def run(dice, flash, slot):
        own, other = Image(flash.untouched[slot]), Image(flash.untouched[1 - slot])
        said = dice.choice(kinds)(own, other, f"/images/{dice.choice(IMAGES)}")
        own.write(flash.slots[slot])
        return f"the other's {said}"

    return run


def image_data(own, other, image):
    own.set_data(image, other.data(image))
    return f"data of {image}"


def image_hash(own, other, image):
    own.tree.take(other.tree, f"{image}/hash-1")
    return f"hash of {image}"


def image_and_hash(own, other, image):
    image_data(own, other, image)
    image_hash(own, other, image)
    return f"data and hash of {image}"


def configuration(own, other, _image):
    own.tree.take(other.tree, CONF)
    return "configuration and signature"


def configuration_alone(own, other, _image):
    for name in other.tree.names(CONF):
        own.tree.set(CONF, name, other.tree.get(CONF, name))
    return "configuration"


def signature(own, other, _image):
    own.tree.take(other.tree, SIGNATURE)
    return "signature"


# --- somebody who has no key ---------------------------------------------------------------------------

def forged(dice, flash, slot):
    """Data changed, and its hash with it."""
    own = Image(flash.untouched[slot])
    image = f"/images/{dice.choice(IMAGES)}"
    data = bytearray(own.data(image))
    bits = flip(dice, data, 0, len(data), dice.randint(1, 8))
    own.set_data(image, data)
    own.tree.set(f"{image}/hash-1", "value", hashlib.sha256(data).digest())
    own.write(flash.slots[slot])
    return f"{image}: bits {bits}, and the hash to fit"


def edited(dice, flash, slot):
    """A tree that is still one: a property is another, one more, or gone; or a node is."""
    own = Image(flash.untouched[slot])
    tree = own.tree
    path = dice.choice(["/", "/images", "/configurations", CONF, SIGNATURE,
                        *(f"/images/{image}{hash}" for image in IMAGES for hash in ("", "/hash-1"))])
    names = [name for name in tree.names(path) if not name.startswith("data")]
    what = dice.choice(["flip", "copy", "remove", "add node"])
    name = dice.choice(names) if names else None
    if what == "add node" or not name:
        what, name = "add node", dice.choice(["hash-2", "signature-2", "conf", "p@1"])
        tree.add(path, name)
    elif what == "remove":
        tree.delprop(tree.node(path), name)
    elif what == "copy":
        tree.set(path, dice.choice(["load", "entry", "kernel", "version", "algo"]),
                 tree.get(path, name))
    elif tree.get(path, name):
        tree.flip(path, name, dice.randrange(8 * len(tree.get(path, name))))
    own.write(flash.slots[slot])
    return f"{path}: {what} {name}"


# --- the boot state ------------------------------------------------------------------------------------

def records(bank):
    return len(bytes(bank).rstrip(b"\xff")) + RECORD - 1 & -RECORD


def state_flipped(dice, flash):
    end = records(flash.bank) or RECORD
    return f"bits {flip(dice, flash.bank, 0, end, dice.randint(1, 3))}"


def state_torn(dice, flash):
    """The newest record is not all there."""
    end = records(flash.bank) or RECORD
    at = dice.randrange(end - RECORD, end)
    flash.bank[at:end] = b"\xff" * (end - at)
    return f"erased from 0x{at:x}"


def state_noise(dice, flash):
    start = dice.randrange(0, len(flash.bank), RECORD)
    size = dice.choice([RECORD, 0x1000, len(flash.bank)])
    size = min(size, len(flash.bank) - start)
    flash.bank[start:start + size] = dice.randbytes(size)
    return f"0x{size:x} bytes at 0x{start:x}: noise"


# --- all kinds -----------------------------------------------------------------------------------------

def of_first(change):
    def run(dice, flash):
        slot = first(flash)
        return f"{letter(slot)}: {change(dice, flash, slot)}"

    return run


ONE_SLOT = {
    "bits of the header": flip_in("header", 2),
    "bits of the structure": flip_in("structure", 4),
    "bits of the strings": flip_in("strings", 2),
    "bits of the signature": flip_in("signature", 4),
    "bits of a hash": flip_in("hash", 2),
    "bits of the data": flip_in("data", 8),
    "bits anywhere": flip_in("all", 16),
    "bits behind it": flip_in("erased rest", 4),
    "a number": field,
    "a block": block,
    "truncated": truncated,
    "head erased": headless,
    "half the other": half_written,
    "data with its hash": forged,
    "edited tree": edited,
    "spliced images": spliced(image_data, image_hash, image_and_hash),
    "spliced signatures": spliced(configuration, configuration_alone, signature),
}


def both_bad(dice, flash):
    said = []
    for slot in (A, B):
        name = dice.choice(list(ONE_SLOT))
        said.append(f"{letter(slot)}: {name}: {ONE_SLOT[name](dice, flash, slot)}")
    return "; ".join(said)


KINDS = {
    **{name: of_first(change) for name, change in ONE_SLOT.items()},
    "slots swapped": swapped,
    "both slots": both_bad,
    "bits of the state": state_flipped,
    "state torn": state_torn,
    "state of noise": state_noise,
}


def mutate(fits, seed, number):
    """(kind, what was done, Flash): the same for the same seed and number."""
    dice = random.Random(f"{seed}/{number}")
    kind = list(KINDS)[number % len(KINDS)]
    flash = Flash.good(fits, dice.choice(list(LAYOUTS)), dice.choice(STATES))
    said = KINDS[kind](dice, flash)
    return kind, f"{flash.layout}, {said}", flash
