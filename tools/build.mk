# SPDX-License-Identifier: BSD-2-Clause
#
# The flash image of the demo.

ALL += $(DEMO_BUILD)/flash.img

$(DEMO_BUILD)/flash.img: $(DEMO_BUILD)/boot.itb $(BOARD_BUILD)/peerboot.bin tools/mkflash \
		tools/boards/__init__.py tools/boards/flash.py $(BOARD_MAPS)
	$(call step,FLASH,$@)
	$(Q)tools/mkflash --board $(BOARD) --slot-a $< --loader $(BOARD_BUILD)/peerboot.bin -o $@
