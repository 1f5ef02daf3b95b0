# SPDX-License-Identifier: BSD-2-Clause
#
# The demo's boot image, by cpp, dtc and plain mkimage. tools/build.mk puts it into flash.

DEMO_BUILD := $(BOARD_BUILD)/demo
DEMO_LAYOUT := images/demo/$(BOARD)/layout.h $(BOARD_MAPS)
DEMO_CPP = $(TARGET_CPP) -undef -nostdinc -D__DTS__ -x assembler-with-cpp -P -I. -include $(DEMO_BUILD)/board.h

ALL += $(DEMO_BUILD)/boot.itb

# What the sources have to know of the board. BOARD_TREE: the kernel package's device tree for a board that
# comes without one. BOARD_FIT_FLAGS: of mkimage.
$(eval $(call settings,$(DEMO_BUILD)/settings,BOARD BOARD_TREE BOARD_FIT_FLAGS FIT_ARCH IMAGE_FIT_ARCH LINUX_KERNEL LINUX_COMPRESSION LINUX_BUILD SOURCE_DATE_EPOCH))

$(DEMO_BUILD)/board.h: $(DEMO_BUILD)/settings
	$(Q)printf '#define %s %s\n' DEMO_LAYOUT '"images/demo/$(BOARD)/layout.h"' FIT_ARCH '"$(FIT_ARCH)"' \
		IMAGE_FIT_ARCH '"$(IMAGE_FIT_ARCH)"' \
		LINUX_KERNEL '"../../$(notdir $(LINUX_BUILD))/$(LINUX_KERNEL)"' \
		LINUX_INITRAMFS '"../../$(notdir $(LINUX_BUILD))/initramfs.cpio.gz"' \
		LINUX_COMPRESSION '"$(LINUX_COMPRESSION)"' $(if $(BOARD_TREE),DEMO_TREE '"$(BOARD_TREE)"') >$@

$(DEMO_BUILD)/manifest.dtb: images/demo/manifest.dts $(DEMO_BUILD)/board.h $(DEMO_LAYOUT)
	$(call step,DTC,$@)
	$(Q)mkdir -p $(@D) && $(DEMO_CPP) $< -o $(@:.dtb=.dts)
	$(Q)dtc -q -I dts -O dtb -o $@ $(@:.dtb=.dts)

$(BOARD_TREE:%=$(DEMO_BUILD)/%): $(DEMO_BUILD)/%: $(KERNEL_TREES)/%
	$(call step,COPY,$@)
	$(Q)mkdir -p $(@D) && cp $< $@

# mkimage takes included files from beside its source.
$(DEMO_BUILD)/boot.itb: images/demo/boot.its $(DEMO_BUILD)/board.h $(DEMO_LAYOUT) $(BOARD_TREE:%=$(DEMO_BUILD)/%) \
		$(DEMO_BUILD)/manifest.dtb $(filter %/echo-b.stripped.elf %/echo-c.stripped.elf,$(IMAGE_STRIPPED)) \
		$(LINUX_BUILD)/$(LINUX_KERNEL) $(LINUX_BUILD)/initramfs.cpio.gz $(DEVELOPMENT_KEYS)/development.key
	$(call step,MKIMAGE,$@)
	$(Q)mkdir -p $(@D) && $(DEMO_CPP) $< -o $(@:.itb=.its)
	$(Q)mkimage $(BOARD_FIT_FLAGS) -f $(@:.itb=.its) -k $(DEVELOPMENT_KEYS) $@ >$@.log || { cat $@.log; exit 1; }
