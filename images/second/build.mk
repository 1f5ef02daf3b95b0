# SPDX-License-Identifier: BSD-2-Clause
#
# A Linux that another one loads by stock remoteproc, as one ELF: $(SECOND_BUILD)/linux.elf (docs/bootstrap.md); of a
# board's own sources, images/demo/$(BOARD)/second.*.
# What to put in can be said on make's command line.

SECOND_BUILD := $(BOARD_BUILD)/second
SECOND_KERNEL ?= $(LINUX_BUILD)/zImage
SECOND_INITRD ?= $(LINUX_BUILD)/initramfs.cpio.gz
SECOND_BOOTARGS ?= panic=-1 cryptomgr.notests peerboot.run=serve

ALL += $(SECOND_BUILD)/linux.elf

$(eval $(call settings,$(SECOND_BUILD)/settings,SECOND_KERNEL SECOND_INITRD SECOND_BOOTARGS))

$(SECOND_BUILD)/tree.dtb: images/demo/$(BOARD)/second.dts $(DEMO_BUILD)/board.h $(DEMO_LAYOUT) $(SECOND_INITRD) $(SECOND_BUILD)/settings
	$(call step,DTC,$@)
	$(Q)mkdir -p $(@D) && $(DEMO_CPP) -DSECOND_BOOTARGS='"$(SECOND_BOOTARGS)"' \
		-DINITRD_SIZE=$$(stat -Lc %s $(SECOND_INITRD)) $< -o $(@:.dtb=.dts)
	$(Q)dtc -q -I dts -O dtb -o $@ $(@:.dtb=.dts)

$(SECOND_BUILD)/start.o: images/demo/$(BOARD)/second.S $(DEMO_LAYOUT) $(SECOND_BUILD)/tree.dtb $(SECOND_KERNEL) $(SECOND_INITRD)
	$(call step,AS,$@)
	$(Q)$(TARGET_CC) $(BOARD_CFLAGS) $(IMAGE_DEFINES) -I. -DKERNEL='"$(SECOND_KERNEL)"' -DINITRD='"$(SECOND_INITRD)"' \
		-DTREE='"$(SECOND_BUILD)/tree.dtb"' -c -o $@ $<

$(SECOND_BUILD)/second.ld: images/demo/$(BOARD)/second.ld.S $(DEMO_LAYOUT)
	$(call step,CPP,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CPP) -P -undef -x assembler-with-cpp -I. $(IMAGE_DEFINES) -o $@ $<

$(SECOND_BUILD)/linux.elf: $(SECOND_BUILD)/second.ld $(SECOND_BUILD)/start.o
	$(call step,LD,$@)
	$(Q)$(TARGET_LD) -n -z noexecstack --strip-all --fatal-warnings -o $@ -T $^
