# SPDX-License-Identifier: BSD-2-Clause
#
# Linux's side: the distribution's kernel as it is, the out-of-tree module peerboot.ko built
# against that kernel's headers, small static programs, and the initramfs that holds them.

LINUX_BUILD ?= $(BUILD)/linux$(OF_ARCH)
LINUX_CC := $(LINUX_CROSS_COMPILE)gcc
LINUX_USER_CFLAGS = -std=gnu11 -D_GNU_SOURCE -O2 $(WARNINGS) -static -s

LINUX_MODULES := virtio virtio_ring rpmsg_core rpmsg_ns virtio_rpmsg_bus rpmsg_char rpmsg_ctrl \
	rpmsg_tty
# Drivers of its own that attach to a peer, where the kernel has them.
LINUX_STOCK_MODULES := stm32_ipcc stm32_rproc
# What boards of this architecture boot from, where the kernel has it.
LINUX_BOARD_MODULES := $(sort $(foreach b,$(BOARDS),\
	$(if $(filter $(BOARD_ARCH),$(call board-says,$(b),BOARD_ARCH)),$(call board-says,$(b),BOARD_MODULES))))

ALL += $(LINUX_BUILD)/$(LINUX_KERNEL) $(LINUX_BUILD)/initramfs.cpio.gz

# Nothing of one kernel is used for another.
LINUX_SETTINGS := $(LINUX_BUILD)/settings
$(eval $(call settings,$(LINUX_SETTINGS),KERNEL_RELEASE KERNEL_IMAGE KERNEL_MODULES KERNEL_TREES KERNEL_HEADERS KERNEL_SOURCE \
	BUSYBOX LINUX_CROSS_COMPILE LINUX_MODULES LINUX_STOCK_MODULES LINUX_BOARD_MODULES))

$(LINUX_BUILD)/zImage: $(KERNEL_IMAGE) $(LINUX_SETTINGS)
	$(call step,COPY,$@)
	$(Q)mkdir -p $(@D) && cp $< $@

# It does not decompress itself, and a slot has no room for all of it.
$(LINUX_BUILD)/Image.gz: $(KERNEL_IMAGE) $(LINUX_SETTINGS)
	$(call step,GZIP,$@)
	$(Q)mkdir -p $(@D) && gzip -6 -n -c $< >$@

# What a monitor can unpack.
$(LINUX_BUILD)/Image.lz4: $(KERNEL_IMAGE) $(LINUX_SETTINGS)
	$(call step,LZ4,$@)
	$(Q)mkdir -p $(@D) && lz4 -q -9 --content-size -c $< >$@

# Kbuild leaves its files beside the sources, so it works on a copy.
MODULE_BUILD := $(LINUX_BUILD)/module
MODULE_SOURCES := $(wildcard linux/*.c linux/*.h) linux/Kbuild
# The RPMsg layer of bare-metal images, and what it stands on, are part of the module as they are.
MODULE_LIBRARY := $(wildcard rpmsg/*.c) \
	$(addprefix resource_table/,table.c link_layout.c vring.c place.c) \
	base/error_set.c base/range.c \
	$(addprefix boot/feature/slots/,policy.c state.c) driver/block_flash.c driver/cfi_intel.c
MODULE_COPIES := $(patsubst linux/%,$(MODULE_BUILD)/%,$(MODULE_SOURCES)) \
	$(addprefix $(MODULE_BUILD)/,$(notdir $(DOORBELL_LINUX_SRC) $(MODULE_LIBRARY)))
MODULE_SHARED := $(wildcard base/*.h doorbell/*.h doorbell/linux/*.h resource_table/*.h rpmsg/*.h \
	images/lib/*.h linux/include/*.h monitor/life.h monitor/slots.h \
	driver/*.h boot/feature/slots/*.h)

# The headers' own rules ask for Debian's names of the two architectures.
KBUILD_OUTSIDE = MAKEFLAGS= $(MAKE) $(if $(Q),-s) --no-print-directory -C $(KERNEL_HEADERS) V=$(or $(V),0) \
	CONFIG_DEBUG_INFO_BTF_MODULES= KCFLAGS='$(NO_FOLDER)' ARCH=$(KERNEL_ARCH) CROSS_COMPILE=$(LINUX_CROSS_COMPILE) DEB_HOST_ARCH=$(DEBIAN_ARCH) \
	DEB_BUILD_ARCH=$$(dpkg --print-architecture) DEB_HOST_GNU_TYPE=$(patsubst %-,%,$(notdir $(LINUX_CROSS_COMPILE)))
KBUILD = $(KBUILD_OUTSIDE) M=$(abspath $(MODULE_BUILD)) PEERBOOT=$(abspath .) \
	SHARED="$(notdir $(MODULE_LIBRARY))" PEERBOOT_VERSION=$(abspath $(VERSION_HEADER)) RPMSG=$(abspath $(KERNEL_SOURCE))/drivers/rpmsg

# Modules that the distribution's kernel could have and has not, from its own source, unmodified.
LACKING_BUILD := $(LINUX_BUILD)/lacking
LACKING_MODULES := $(LINUX_LACKING:%=$(LACKING_BUILD)/%.ko)

$(LACKING_BUILD)/built: linux/lacking/Kbuild $(LINUX_SETTINGS) $(KERNEL_HEADERS)/.config
	$(call step,KBUILD,$(LACKING_BUILD))
	$(Q)rm -rf $(@D) && mkdir -p $(@D) && cp $< $(@D)
	$(Q)cp $(wildcard $(KERNEL_SOURCE)/drivers/rpmsg/*.[ch]) $(KERNEL_SOURCE)/drivers/tty/rpmsg_tty.c $(@D)
	$(Q)$(KBUILD_OUTSIDE) M=$(abspath $(@D)) LACKING="$(LINUX_LACKING)" modules
	$(Q)for module in $(LACKING_MODULES); do $(LINUX_CROSS_COMPILE)objcopy --strip-debug $$module || exit 1; done
	$(Q)touch $@

$(LACKING_MODULES): $(LACKING_BUILD)/built

# Kbuild would take objects of other headers for its own.
$(MODULE_BUILD)/settings: $(LINUX_SETTINGS)
	$(Q)rm -rf $(@D) && mkdir -p $(@D) && cp $< $@

define copy-module-source
$$(MODULE_BUILD)/$(2): $(1) $$(MODULE_BUILD)/settings
	$$(Q)mkdir -p $$(@D) && cp $$< $$@
endef

$(foreach f,$(MODULE_SOURCES),$(eval $(call copy-module-source,$(f),$(f:linux/%=%))))
$(foreach f,$(DOORBELL_LINUX_SRC) $(MODULE_LIBRARY),$(eval $(call copy-module-source,$(f),$(notdir $(f)))))

$(LINUX_BUILD)/peerboot.ko: $(MODULE_COPIES) $(MODULE_SHARED) $(VERSION_HEADER) $(KERNEL_HEADERS)/.config
	$(call step,KBUILD,$@)
	$(Q)$(KBUILD) modules
	$(Q)$(LINUX_CROSS_COMPILE)objcopy --strip-debug $(MODULE_BUILD)/peerboot.ko $@

# For a test: the module with a wait at the end of whatever releases something; it may not go meanwhile.
# A device that a program called slowly makes is long in the making. And another module, which makes releases
# happen late.
SLOW_BUILD := $(BUILD)/test/linux-slow$(OF_ARCH)
SLOW_RELEASE := /^static void [a-z_]*release\(/,/^}/s/^}/\tmsleep(200);\n\tpr_info("peerboot: released\\n");\n}/; \
	/__exit link_exit/,/^}/s/^}/\tpr_info("peerboot: left\\n");\n}/; 1s/^/\#include <linux\/delay.h>\n/; \
	s/^\tret = register_virtio_device.*/&\n\tif (!strcmp(current->comm, "slowly"))\n\t\tmsleep(3000);/

$(SLOW_BUILD)/peerboot.ko: private MODULE_BUILD := $(SLOW_BUILD)/module
$(SLOW_BUILD)/peerboot.ko: $(MODULE_COPIES) test/boot/linux/holder.c $(MODULE_SHARED) $(VERSION_HEADER) $(KERNEL_HEADERS)/.config
	$(call step,KBUILD,$@)
	$(Q)rm -rf $(MODULE_BUILD) && mkdir -p $(MODULE_BUILD) && \
		cp $(MODULE_COPIES) test/boot/linux/holder.c $(MODULE_BUILD)
	$(Q)sed -i -E '$(SLOW_RELEASE)' $(addprefix $(MODULE_BUILD)/,bus_channel.c vdev.c link.c)
	$(Q)$(KBUILD) OTHERS=holder.o modules
	$(Q)for module in holder peerboot; do \
		$(LINUX_CROSS_COMPILE)objcopy --strip-debug $(MODULE_BUILD)/$$module.ko $(@D)/$$module.ko; done

# Another one, for a Linux that is to die.
KILLER_BUILD := $(BUILD)/test/linux-killer$(OF_ARCH)

$(KILLER_BUILD)/killer.ko: test/boot/linux/killer.c $(LINUX_SETTINGS) $(KERNEL_HEADERS)/.config
	$(call step,KBUILD,$@)
	$(Q)rm -rf $(@D)/module && mkdir -p $(@D)/module && cp $< $(@D)/module && echo 'obj-m := killer.o' >$(@D)/module/Kbuild
	$(Q)$(KBUILD_OUTSIDE) M=$(abspath $(@D)/module) modules
	$(Q)$(LINUX_CROSS_COMPILE)objcopy --strip-debug $(@D)/module/killer.ko $@

LINUX_PROGRAMS := $(patsubst linux/tools/%.c,$(LINUX_BUILD)/bin/%, \
	$(wildcard linux/tools/*.c))

# Each file of tools/ is a program; what they share is in tools/lib/.
LINUX_LIB := $(wildcard linux/tools/lib/*.c)
LINUX_LIB_HEADERS := $(wildcard linux/tools/lib/*.h)

$(LINUX_PROGRAMS): $(LINUX_BUILD)/bin/%: linux/tools/%.c $(LINUX_LIB) $(LINUX_LIB_HEADERS) $(LINUX_SETTINGS)
	$(call step,LINUXCC,$@)
	$(Q)mkdir -p $(@D) && $(LINUX_CC) $(LINUX_USER_CFLAGS) -o $@ $< $(LINUX_LIB)

# Folders too, so that a removed file is noticed.
INITRAMFS_FILES := $(shell find linux/initramfs -not -name '* *' 2>/dev/null)

$(LINUX_BUILD)/initramfs.cpio.gz $(SLOW_BUILD)/initramfs.cpio.gz: %/initramfs.cpio.gz: \
		tools/mkinitramfs $(BUSYBOX) %/peerboot.ko $(LACKING_MODULES) $(LINUX_PROGRAMS) $(INITRAMFS_FILES) \
		$(LINUX_SETTINGS)
	$(call step,CPIO,$@)
	$(Q)mkdir -p $(@D) && tools/mkinitramfs --busybox $(BUSYBOX) --overlay linux/initramfs \
		--modules $(KERNEL_MODULES) $(LINUX_MODULES:%=--module %) $(patsubst %,--module-if-any %,$(LINUX_STOCK_MODULES) $(LINUX_BOARD_MODULES)) \
		$(patsubst %,--extra-module %,$(shell echo $*/*.ko) $(LACKING_MODULES)) $(LINUX_PROGRAMS:%=--program %) -o $@

.PHONY: lint-module
lint-module: $(LINUX_BUILD)/peerboot.ko
	$(call step,SPARSE,$(MODULE_BUILD))
	$(Q)$(KBUILD) C=2 CF=-Wsparse-error modules
