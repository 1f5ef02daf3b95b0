# SPDX-License-Identifier: BSD-2-Clause
#
# Instructions counted under QEMU's -icount, ours and U-Boot's.

BENCH_BUILD := $(BOARD_BUILD)/bench

$(BENCH_BUILD)/probe.bin: test/bench/probe.S boot/board/$(BOARD)/memory_map.h
	$(call step,AS,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(BOARD_CFLAGS) -I. -nostdlib -Wl,-Ttext=0 -Wl,--build-id=none \
		-o $(@:.bin=.elf) $<
	$(Q)$(TARGET_OBJCOPY) -O binary -j .text $(@:.bin=.elf) $@

LOADER_FEATURES_$(BOARD)-fast := fast_hash
LOADER_LIMIT_$(BOARD)-fast := $(BOARD_FULL_FLASH_LIMIT)
$(eval $(call loader-rules,$(BOARD)-fast))

.PHONY: bench
bench: all $(BENCH_BUILD)/probe.bin $(BUILD)/$(BOARD)-fast/peerboot.bin ## count instructions from reset to the peers and to Linux
	$(call step,BENCH,$(BOARD))
	$(Q)$(PYTHON) test/bench/bench.py --board $(BOARD) --build $(BUILD)
