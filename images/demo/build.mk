# SPDX-License-Identifier: BSD-2-Clause
#
# The demo's boot image, by cpp, dtc and plain mkimage. tools/build.mk puts it into flash.

DEMO_BUILD := $(BOARD_BUILD)/demo
DEMO_CPP = $(TARGET_CPP) -undef -nostdinc -D__DTS__ -x assembler-with-cpp -P -I.

ALL += $(DEMO_BUILD)/boot.itb

$(DEMO_BUILD)/manifest.dtb: images/demo/manifest.dts boot/board/$(BOARD)/memory_map.h
	$(call step,DTC,$@)
	$(Q)mkdir -p $(@D) && $(DEMO_CPP) $< -o $(@:.dtb=.dts)
	$(Q)dtc -q -I dts -O dtb -o $@ $(@:.dtb=.dts)

# mkimage takes included files from beside its source.
$(DEMO_BUILD)/boot.itb: images/demo/boot.its boot/board/$(BOARD)/memory_map.h \
		$(DEMO_BUILD)/manifest.dtb $(IMAGE_DIR)/echo-b.stripped.elf \
		$(IMAGE_DIR)/echo-c.stripped.elf \
		$(BUILD)/linux/zImage $(BUILD)/linux/initramfs.cpio.gz $(DEVELOPMENT_KEYS)/development.key
	$(call step,MKIMAGE,$@)
	$(Q)mkdir -p $(@D) && $(DEMO_CPP) $< -o $(@:.itb=.its)
	$(Q)mkimage -f $(@:.itb=.its) -k $(DEVELOPMENT_KEYS) $@ >$@.log || { cat $@.log; exit 1; }
