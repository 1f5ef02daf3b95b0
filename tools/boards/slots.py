# SPDX-License-Identifier: BSD-2-Clause
"""The boot state in flash (docs/slots.md): one record made, and the newest found, as the loader does."""
import struct
import zlib
from dataclasses import dataclass

LAYOUT = struct.Struct("<IIBB2B2BBBIIII")  # boot/feature/slots/state.h
MAGIC = 0x53534250
ERASED = b"\xff" * LAYOUT.size
SECTORS = 2
TRIED, CONFIRMED, WRITTEN = range(3)
ATTEMPTS = 3


@dataclass
class State:
    sequence: int = 1
    preferred: int = 0
    booted: int = 0
    status: tuple = (TRIED, TRIED)
    tries: tuple = (ATTEMPTS, ATTEMPTS)
    attempts: int = ATTEMPTS
    version: tuple = (0, 0)
    minimum: int = 0
    update: int = 0

    def pack(self):
        body = LAYOUT.pack(MAGIC, self.sequence, self.preferred, self.booted, *self.status,
                           *self.tries, self.attempts, self.update, *self.version, self.minimum, 0)[:-4]
        return body + struct.pack("<I", zlib.crc32(body))


def unpack(record):
    """A State, or None for what is no whole record."""
    magic, sequence, preferred, booted, s0, s1, t0, t1, attempts, update, v0, v1, minimum, crc = \
        LAYOUT.unpack(record)
    if magic != MAGIC or crc != zlib.crc32(record[:-4]):
        return None
    return State(sequence, preferred, booted, (s0, s1), (t0, t1), attempts, (v0, v1), minimum, update)


def newest(bank, sector):
    """The newest whole record at the start of a bank, or None."""
    records = [bank[i:i + LAYOUT.size] for i in range(0, SECTORS * sector, LAYOUT.size)]
    states = filter(None, map(unpack, records))
    return max(states, key=lambda s: s.sequence, default=None)
