# SPDX-License-Identifier: BSD-2-Clause
#
# The flash image of the demo.

ALL += $(BUILD)/demo/flash.img

$(BUILD)/demo/flash.img: $(BUILD)/demo/boot.itb $(BUILD)/$(BOARD)/peerboot.bin tools/mkflash \
		tools/boards/__init__.py boot/board/$(BOARD)/memory_map.h
	$(call step,FLASH,$@)
	$(Q)tools/mkflash --board $(BOARD) --slot-a $< --loader $(BUILD)/$(BOARD)/peerboot.bin -o $@
