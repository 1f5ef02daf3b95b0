# SPDX-License-Identifier: BSD-2-Clause
#
# The demo's boot image, by cpp, dtc and plain mkimage. tools/build.mk puts it into flash.

DEMO_BUILD := $(BOARD_BUILD)/demo
DEMO_CPP = $(TARGET_CPP) -undef -nostdinc -D__DTS__ -x assembler-with-cpp -P -I. -include $(DEMO_BUILD)/board.h

ALL += $(DEMO_BUILD)/boot.itb

# What the sources have to know of the board.
$(eval $(call settings,$(DEMO_BUILD)/settings,BOARD FIT_ARCH LINUX_KERNEL LINUX_COMPRESSION LINUX_BUILD))

$(DEMO_BUILD)/board.h: $(DEMO_BUILD)/settings
	$(Q)printf '#define %s %s\n' BOARD_MEMORY_MAP '"boot/board/$(BOARD)/memory_map.h"' FIT_ARCH '"$(FIT_ARCH)"' \
		LINUX_KERNEL '"../../$(notdir $(LINUX_BUILD))/$(LINUX_KERNEL)"' \
		LINUX_INITRAMFS '"../../$(notdir $(LINUX_BUILD))/initramfs.cpio.gz"' \
		LINUX_COMPRESSION '"$(LINUX_COMPRESSION)"' >$@

$(DEMO_BUILD)/manifest.dtb: images/demo/manifest.dts $(DEMO_BUILD)/board.h boot/board/$(BOARD)/memory_map.h
	$(call step,DTC,$@)
	$(Q)mkdir -p $(@D) && $(DEMO_CPP) $< -o $(@:.dtb=.dts)
	$(Q)dtc -q -I dts -O dtb -o $@ $(@:.dtb=.dts)

# mkimage takes included files from beside its source.
$(DEMO_BUILD)/boot.itb: images/demo/boot.its $(DEMO_BUILD)/board.h boot/board/$(BOARD)/memory_map.h \
		$(DEMO_BUILD)/manifest.dtb $(IMAGE_DIR)/echo-b.stripped.elf \
		$(IMAGE_DIR)/echo-c.stripped.elf \
		$(LINUX_BUILD)/$(LINUX_KERNEL) $(LINUX_BUILD)/initramfs.cpio.gz $(DEVELOPMENT_KEYS)/development.key
	$(call step,MKIMAGE,$@)
	$(Q)mkdir -p $(@D) && $(DEMO_CPP) $< -o $(@:.itb=.its)
	$(Q)mkimage -f $(@:.itb=.its) -k $(DEVELOPMENT_KEYS) $@ >$@.log || { cat $@.log; exit 1; }
