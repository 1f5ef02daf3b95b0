# SPDX-License-Identifier: BSD-2-Clause
"""Good boot images are damaged, by accident or on purpose, and booted: docs/testing.md.

good.py has the board as it was, mutation.py what happens to it, machine.py boots it, verdict.py says
whether what came of it is allowed, session.py is all of that in a row, tally.py counts.
"""
