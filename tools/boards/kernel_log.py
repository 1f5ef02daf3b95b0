# SPDX-License-Identifier: BSD-2-Clause
"""A console that programs and Linux's log share: a message of the kernel comes whole, but anywhere
in what programs print."""
import re

MESSAGE = r"\[ *\d+\.\d{6}\] [^\r\n]*\r*\n"


def torn(text):
    """A pattern for the text with messages at any place in it."""
    return rf"(?:{MESSAGE})*".join(map(re.escape, text))


def without(text):
    """What programs have printed."""
    return re.sub(MESSAGE, "", text)
