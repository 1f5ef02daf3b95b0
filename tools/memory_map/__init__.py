# SPDX-License-Identifier: BSD-2-Clause
"""The memory map as a picture: picture.py makes regions and boxes of a plan, layout.py gives them their places,
svg.py draws."""
