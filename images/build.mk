# SPDX-License-Identifier: BSD-2-Clause
#
# Bare-metal images: $(IMAGE_DIR)/X.elf with symbols, X.stripped.elf for the
# boot image. The library is compiled once, a program once for each image made
# from it.
#
# image/program/its names in memory_map.h (PEER_B_BASE, TABLE_B_BASE …)/its context/variant:
# folders of the program's, a + between, if it has any
# The static way is that of a system with both peers.
IMAGE_LIST := echo-b/echo/B/b/table $(if $(filter C,$(BOARD_PEERS)),echo-c/echo/C/c/table static-b/echo/B/b/static \
	static-c/echo/C/c/static) classic/classic/B/classic/plain \
	$(if $(filter stm32,$(BOARD_LACKS)),,stm32-b/classic/B/b/stm32 $(if $(filter C,$(BOARD_PEERS)),stm32-c/classic/C/c/stm32)) \
	$(if $(filter stm32 monitor,$(BOARD_LACKS)),,stm32-other/classic/C/other/stm32) \
	$(if $(filter monitor,$(BOARD_LACKS)),,memory-b/echo/B/b/table+memory)
# The first of three interrupts that Linux hears a peer by, in the board's layout.
IMAGE_SPI_B := DEMO_SPI_B
IMAGE_SPI_C := TEST_SPI_C

IMAGE_DIR := $(BOARD_BUILD)/images
IMAGE_LDS ?= ldscripts/image.ld.S
IMAGE_CC := $(IMAGE_CROSS_COMPILE)gcc
LAYOUT_DEFINES := -DDEMO_LAYOUT='"images/demo/$(BOARD)/layout.h"'
IMAGE_DEFINES := $(MAP_DEFINES) -DARCH_LINK='"arch/$(BOARD_IMAGE_ARCH)/link.inc"' $(LAYOUT_DEFINES)
IMAGE_CFLAGS = -std=gnu11 -Os -g $(BOARD_IMAGE_CFLAGS) $(ARCH_IMAGE_CFLAGS) $(CODE_CFLAGS) $(IMAGE_DEFINES) -fno-common
IMAGE_LDFLAGS = $(BOARD_IMAGE_CFLAGS) $(ARCH_IMAGE_LDFLAGS) -nostartfiles -static -Wl,--gc-sections \
	-Wl,-z,max-page-size=8 -Wl,--orphan-handling=error $(FATAL_WARNINGS)

# Whoever can write flash can confirm a boot, or has it done by a monitor. Of C libraries one.
IMAGE_CONFIRM := $(if $(filter monitor,$(BOARD_FEATURES)),images/lib/confirm_monitor.c,$(if $(filter cfi_intel,$(BOARD_IMAGE_DRIVERS)),images/lib/confirm.c $(addprefix boot/feature/slots/,policy.c state.c),\
	images/lib/confirm_none.c))
# A watchdog is fed by a call of a monitor's, or by a word that Linux looks at.
IMAGE_FEED := images/lib/feed_$(if $(filter resets,$(BOARD_FEATURES)),word,call).c
IMAGE_LIB_SRC := $(filter-out images/lib/confirm% images/lib/feed% images/lib/newlib.c images/lib/picolibc.c,$(wildcard images/lib/*.c)) \
	$(IMAGE_CONFIRM) $(IMAGE_FEED) images/lib/$(ARCH_LIBC).c \
	$(RPMSG_SRC) $(wildcard arch/$(BOARD_IMAGE_ARCH)/image/*.[cS]) $(addprefix arch/,$(ARCH_IMAGE_SRC)) $(BASE_SRC) \
	$(addprefix resource_table/,fill_link.c link_layout.c place.c table.c vring.c) \
	$(DOORBELL_IMAGE_SRC) \
	$(call driver-src,$(BOARD_IMAGE_DRIVERS) $(if $(filter stm32,$(BOARD_LACKS)),,ipcc))
IMAGE_LIB_OBJ := $(addsuffix .o,$(basename $(IMAGE_LIB_SRC:%=$(IMAGE_DIR)/obj/%)))
# For firmware that is built elsewhere: docs/firmware.md.
IMAGE_LIB := $(IMAGE_DIR)/libpeerboot.a
IMAGE_ELFS :=

$(IMAGE_DIR)/obj/%.o: %.c $(CODE_SETTINGS)
	$(call step,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(IMAGE_CC) $(IMAGE_CFLAGS) -c -o $@ $<

$(IMAGE_DIR)/obj/%.o: %.S $(CODE_SETTINGS)
	$(call step,AS,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(IMAGE_CC) $(IMAGE_CFLAGS) -c -o $@ $<

$(IMAGE_LIB): $(IMAGE_LIB_OBJ)
	$(call step,AR,$@)
	$(Q)rm -f $@ && $(IMAGE_CROSS_COMPILE)ar rcsD $@ $^

# $(1) image, $(2) program, $(3) names in the map, $(4) its context, $(5) variant or nothing
define image-rules
IMAGE_OBJ_$(1) := $$(patsubst images/$(2)/%.c,$$(IMAGE_DIR)/obj/$(1)/%.o,\
	$$(wildcard images/$(2)/*.c $(foreach v,$(subst +, ,$(5)),images/$(2)/$(v)/*.c)))
IMAGE_ELFS += $$(IMAGE_DIR)/$(1).elf

$$(IMAGE_DIR)/obj/$(1)/%.o: images/$(2)/%.c $(CODE_SETTINGS)
	$$(call step,CC,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(IMAGE_CC) $$(IMAGE_CFLAGS) -DIMAGE_NAME='"$(4)"' -DIMAGE_TRACE=TRACE_$(3)_BASE \
		-DIMAGE_SPI=$$(IMAGE_SPI_$(3)) -c -o $$@ $$<

$$(IMAGE_DIR)/obj/$(1)/image.ld: $$(IMAGE_LDS) ldscripts/elf.ld.S $$(BOARD_MAPS)
	$$(call step,CPP,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(IMAGE_CROSS_COMPILE)cpp -P -undef -x assembler-with-cpp $$(IMAGE_DEFINES) -I. \
		-DIMAGE_BASE=PEER_$(3)_BASE -DIMAGE_SIZE=PEER_$(3)_SIZE \
		-DIMAGE_TABLE=TABLE_$(3)_BASE -DIMAGE_TRACE=TRACE_$(3)_BASE -o $$@ $$<

# A table that is not where the board's map wants it, memory in no segment: no image, the file goes again.
$$(IMAGE_DIR)/$(1).elf: $$(IMAGE_OBJ_$(1)) $$(IMAGE_LIB_OBJ) $$(IMAGE_DIR)/obj/$(1)/image.ld images/check_image
	$$(call step,LD,$$@)
	$$(Q)$$(IMAGE_CC) $$(IMAGE_LDFLAGS) -T $$(IMAGE_DIR)/obj/$(1)/image.ld \
		-Wl,-Map,$$(@:.elf=.map) -o $$@ $$(IMAGE_OBJ_$(1)) $$(IMAGE_LIB_OBJ) $$(ARCH_IMAGE_LIBS)
	$$(Q)$$(PYTHON) images/check_image $$(addprefix --map ,$$(BOARD_MAPS)) --context $(3) $$@

-include $$(IMAGE_OBJ_$(1):.o=.d)
endef

$(foreach i,$(IMAGE_LIST),$(eval $(call image-rules,$(word 1,$(subst /, ,$(i))),$(word 2,$(subst /, ,$(i))),$(word 3,$(subst /, ,$(i))),$(word 4,$(subst /, ,$(i))),$(word 5,$(subst /, ,$(i))))))

IMAGE_STRIPPED := $(IMAGE_ELFS:.elf=.stripped.elf)
ALL += $(IMAGE_ELFS) $(IMAGE_STRIPPED) $(IMAGE_LIB)

# Section headers stay: firmware for remoteproc has its table found by the section's name.
$(IMAGE_STRIPPED): %.stripped.elf: %.elf
	$(call step,STRIP,$@)
	$(Q)$(IMAGE_CROSS_COMPILE)objcopy --strip-all $< $@

-include $(IMAGE_LIB_OBJ:.o=.d)

.PHONY: images
images: $(IMAGE_ELFS) $(IMAGE_STRIPPED) $(IMAGE_LIB) ## build the bare-metal images
