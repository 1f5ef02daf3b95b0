# SPDX-License-Identifier: BSD-2-Clause
#
# The loader: $(BUILD)/$(BOARD)/peerboot.elf and .bin, which is what goes to the start of flash, with
# the features that most want. With others: without any in $(BUILD)/$(BOARD)-small, with two in
# $(BUILD)/$(BOARD)-slots, with all in $(BUILD)/$(BOARD)-full.
#
# A feature is an entry in a loader's table of them (boot/feature/features.c), and files in or out of
# its build: boot/feature/NAME.h says what the rest of the loader calls, and boot/feature/NAME/, if
# there is one, does it. All other objects are the same for every loader.

FEATURE_NAMES := $(basename $(notdir $(wildcard boot/feature/*.h)))
DEFAULT_FEATURES ?= adma arm64 attach clusters devices explain fast_hash helpers interrupts regions sha1 uimage views
# BOARD_LACKS: features that this board has nothing for.
FEATURES_FROM := $(origin FEATURES)
FEATURES ?= $(filter-out $(BOARD_LACKS),$(FEATURE_NAMES))

# Loaders by name and their features, of every board: the host's command knows all of them. $(1) board,
# $(2) what all its loaders have, $(3) what none has.
board-says = $(shell sed -n 's/^$(2) *:= *//p' boot/board/$(1)/board.mk)
define loaders-of
LOADERS_$(1) := $(1)-small $(1) $(if $(filter slots,$(3)),,$(1)-slots) $(1)-full
LOADER_FEATURES_$(1)-small := $(2)
LOADER_FEATURES_$(1) := $(2) $(filter-out $(2) $(3),$(DEFAULT_FEATURES))
LOADER_FEATURES_$(1)-slots := $(2) attach overlays regions slots
LOADER_FEATURES_$(1)-full := $(if $(filter $(1),$(BOARD)),$(FEATURES),$(filter-out $(3),$(FEATURE_NAMES)))
endef
$(foreach b,$(BOARDS),$(eval $(call loaders-of,$(b),$(call board-says,$(b),BOARD_FEATURES),$(call board-says,$(b),BOARD_LACKS))))

# Those that are built, and what they may take of flash.
LOADERS := $(LOADERS_$(BOARD))
LOADER_LIMIT_$(BOARD)-small := $(BOARD_SMALL_FLASH_LIMIT)
LOADER_LIMIT_$(BOARD) := $(BOARD_FLASH_LIMIT)
LOADER_LIMIT_$(BOARD)-slots := $(BOARD_SLOTS_FLASH_LIMIT)
LOADER_LIMIT_$(BOARD)-full := $(BOARD_FULL_FLASH_LIMIT)

# What of them is pure, and for the host too.
FEATURE_PURE_SRC := base/error_features.c doorbell/adma.c \
	$(addprefix boot/feature/signature/,algorithm.c covered.c key.c verify.c) \
	$(addprefix boot/feature/slots/,policy.c state.c update.c) driver/block_flash.c driver/cfi_intel.c \
	$(addprefix boot/feature/recovery/,block.c crc16.c header.c ymodem.c) \
	$(addprefix boot/feature/decompression/,formats.c gzip.c lz4.c) \
	$(addprefix boot/feature/overlays/,fixups.c merge.c) $(addprefix boot/feature/,arm64/arm64.c \
	attach/header.c devices/devices.c interrupts/interrupts.c late_unpack/late_unpack.c monitor/plan.c regions/take.c resets/resets.c sha1/algorithm.c stm32/stm32.c \
	uimage/uimage.c) monitor/tree.c $(KEEP_SRC)

# Feature decompression: LZ4's decoder of the kernel includes these headers of it, which are empty here.
LZ4_KERNEL := boot/feature/decompression/lz4_kernel
LZ4_HEADERS := $(addprefix $(BUILD)/lz4/,$(addsuffix .h,asm/unaligned linux/bitops linux/init \
	linux/kernel linux/module linux/string linux/types))
LZ4_INCLUDES := -isystem $(BUILD)/lz4 -isystem $(LZ4_SOURCE) -isystem $(LZ4_SOURCE)/include

$(LZ4_HEADERS):
	$(Q)mkdir -p $(@D) && touch $@

# Feature signature: the public keys that a loader trusts, as `mkimage -K` writes them, and the
# lowest version that it boots. Everybody has the key for development.
DEVELOPMENT_KEYS := keys/development
KEYS_DTB ?= $(BUILD)/keys/development.dtb
MINIMUM_VERSION ?= 0
LOADER_KEYS_$(BOARD)-full := $(KEYS_DTB)
LOADER_MINIMUM_$(BOARD)-full := $(MINIMUM_VERSION)

# The loader's own watchdog: seconds, 0 for none (boot/watchdog.h).
WATCHDOG ?= 0
ifneq ($(filter-out 0 $(shell seq $(or $(BOARD_WATCHDOG),0)),$(WATCHDOG)),)
$(error WATCHDOG=$(WATCHDOG): $(if $(BOARD_WATCHDOG),the watchdog of $(BOARD) counts 1 to $(BOARD_WATCHDOG) seconds,$(BOARD) has no watchdog))
endif
$(foreach loader,$(LOADERS),$(eval LOADER_WATCHDOG_$(loader) := $(WATCHDOG)))

# For bring-up: CONSOLE=now has each record printed at once (boot/record.h).
CONSOLE ?=
ifneq ($(filter-out now,$(CONSOLE)),)
$(error CONSOLE=$(CONSOLE): now, or nothing)
endif
$(foreach loader,$(LOADERS),$(eval LOADER_CONSOLE_$(loader) := $(CONSOLE)))

UNKNOWN_FEATURES := $(filter-out $(FEATURE_NAMES),$(FEATURES) $(DEFAULT_FEATURES))
ifneq ($(UNKNOWN_FEATURES),)
$(error FEATURES: there is no $(UNKNOWN_FEATURES); there are: $(FEATURE_NAMES))
endif
LACKED_FEATURES := $(filter $(BOARD_LACKS),$(FEATURES))
ifneq ($(LACKED_FEATURES),)
$(error FEATURES: $(BOARD) has nothing for $(LACKED_FEATURES))
endif
# Those that report errors which no other part of the loader does (base/error.h).
FEATURES_WITH_ERRORS := decompression monitor recovery signature slots views
# So does the driver of storage that isn't memory-mapped.
DRIVERS_WITH_ERRORS := sdhci
ifneq ($(filter $(DRIVERS_WITH_ERRORS),$(BOARD_DRIVERS)),)
ifeq ($(filter helpers,$(BOARD_LACKS)),)
$(error boot/board/$(BOARD)/board.mk: BOARD_LACKS has to name helpers: a controller of storage is for one core at a time)
endif
endif

LOADER_OBJ_DIR := $(BUILD)/$(BOARD)/obj
MAP_DEFINES := -DBOARD_MEMORY_MAP='"boot/board/$(BOARD)/memory_map.h"'
BOARD_DEFINES := $(MAP_DEFINES) -DARCH_LINK='"arch/$(BOARD_ARCH)/link.inc"'

LOADER_SRC := $(BASE_SRC) $(PROGRAM_SRC) $(FIT_SRC) $(STORAGE_SRC) $(PLAN_SRC) $(PLAN_FIT_SRC) $(PLAN_SHOW_SRC) \
	$(STAGE_SRC) $(STAGE_FIT_SRC) $(CONSOLE_SRC) $(BOARD_SRC) $(START_SRC) \
	$(DRIVER_SRC) $(OWN_SRC) $(RESET_SRC) $(ARCH_SRC) $(RESOURCE_TABLE_SRC) $(DOORBELL_SRC) $(FDT_SRC)
LOADER_OBJ := $(addsuffix .o,$(basename $(LOADER_SRC:%=$(LOADER_OBJ_DIR)/%))) \
	$(patsubst $(LIBFDT_DIR)/%.c,$(LOADER_OBJ_DIR)/libfdt/%.o,$(FDT_LIBFDT_SRC)) $(BEARSSL_OBJ)
LOADER_LDS := $(LOADER_OBJ_DIR)/loader.ld
# Of loader $(1).
has-errors = $(filter $(FEATURES_WITH_ERRORS) $(DRIVERS_WITH_ERRORS),$(LOADER_FEATURES_$(1)) $(BOARD_DRIVERS))
feature-src = boot/feature/features.c $(if $(has-errors),base/error_features.c) \
	$(wildcard $(foreach f,$(LOADER_FEATURES_$(1)),boot/feature/$(f)/*.[cS])) \
	$(if $(filter adma,$(LOADER_FEATURES_$(1))),doorbell/adma.c) \
	$(if $(filter helpers,$(LOADER_FEATURES_$(1))),arch/$(BOARD_ARCH)/helpers/entry.S) \
	$(if $(filter monitor,$(LOADER_FEATURES_$(1))),monitor/tree.c) \
	$(if $(filter monitor recovery,$(LOADER_FEATURES_$(1))),$(IN_RAM_SRC)) \
	$(if $(filter monitor resets,$(LOADER_FEATURES_$(1))),$(KEEP_SRC))
loader-settings = features $(LOADER_FEATURES_$(1)) $(if $(has-errors),errors) keys $(LOADER_KEYS_$(1)) from $(LOADER_MINIMUM_$(1)) watchdog $(or $(LOADER_WATCHDOG_$(1)),0) console $(LOADER_CONSOLE_$(1))
feature-obj = $(addsuffix .o,$(basename $(addprefix $(BUILD)/$(1)/obj/,$(feature-src)))) \
	$(if $(filter decompression,$(LOADER_FEATURES_$(1))),$(LIBDEFLATE_OBJ))

# What makes code of -Os larger after all, and not faster that it would show.
LOADER_SMALLER := -fomit-frame-pointer -fno-inline-small-functions -fno-move-loop-invariants -fno-tree-loop-im \
	-fno-schedule-insns2 -fno-tree-dominator-opts -fno-ssa-phiopt -fno-if-conversion
# libcrypto's and zlib's headers as Debian's packages have them, behind the C library's own.
# OpenSSL 3 calls its one-shot SHA functions deprecated; they are what fits a loader.
LOADER_CFLAGS = $(TARGET_CFLAGS) $(VERSION_DEFINES) $(LIBRARY_HEADERS) $(subst -isystem,-idirafter,$(LIBRARY_INCLUDES)) \
	-DOPENSSL_SUPPRESS_DEPRECATED -ffreestanding -fno-common -Wframe-larger-than=2048 \
	-DSENTENCES_APART -flto $(LOADER_SMALLER) # a twelfth smaller
# libcrypto is built for enums of 32 bits, all else for enums as small as they fit: none crosses between them.
LOADER_LDFLAGS = $(BOARD_CFLAGS) $(ARCH_LDFLAGS) -Os -flto=auto -flto-partition=one -ffunction-sections -fdata-sections -nostartfiles -static -T $(LOADER_LDS) \
	-Wl,--gc-sections -Wl,--no-enum-size-warning -Wl,-z,noexecstack -Wl,--orphan-handling=error $(FATAL_WARNINGS) -Wl,-Map,$(@:.elf=.map)
LOADER_LIBS = $(LIBCRYPTO) $(ARCH_LIBS)

# The compiler knows these loops by name, and calls what it makes of others when it is too late
# for the link to see.
$(LOADER_OBJ_DIR)/boot/string.o: LOADER_CFLAGS += -fno-tree-loop-distribute-patterns -fno-lto -O2

# Not our code: its own warnings are its own.
$(LOADER_OBJ_DIR)/libfdt/%.o: $(LIBFDT_DIR)/%.c fdt/build.mk $(CODE_SETTINGS)
	$(call step,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(TARGET_CFLAGS) -flto -w -I$(LIBFDT_DIR) -c -o $@ $<

$(LOADER_LDS): ldscripts/loader.ld.S ldscripts/elf.ld.S arch/$(BOARD_ARCH)/link.inc $(BOARD_MAPS) boot/board/$(BOARD)/board.mk
	$(call step,CPP,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CPP) -P -undef -x assembler-with-cpp -I. $(BOARD_DEFINES) \
		-DBOARD_RAM_LIMIT=$(BOARD_RAM_LIMIT) -o $@ $<

link-loader = $(TARGET_CC) $(LOADER_LDFLAGS) -Wl,--defsym=flash_limit=$(LOADER_LIMIT_$(1))
copy-sentences = $(TARGET_OBJCOPY) -O binary -j .sentences --set-section-flags .sentences=alloc,load,contents $(1) $(2)

# Rules of the loader $(1). Its settings are a file, so that other settings build it anew.
define loader-rules
$(BUILD)/$(1)/obj/%.o: %.c $(CODE_SETTINGS)
	$$(call step,CC,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(TARGET_CC) $$(LOADER_CFLAGS) $$(BOARD_DEFINES) -c -o $$@ $$<

$(BUILD)/$(1)/obj/%.o: %.S $(CODE_SETTINGS)
	$$(call step,AS,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(TARGET_CC) $$(TARGET_CFLAGS) $$(BOARD_DEFINES) -c -o $$@ $$<

$(BUILD)/$(1)/settings: FORCE
	@mkdir -p $$(@D)
	@echo '$(loader-settings)' | cmp -s - $$@ || echo '$(loader-settings)' >$$@

$(BUILD)/$(1)/obj/boot/feature/features.o: $(BUILD)/$(1)/settings
$(BUILD)/$(1)/obj/boot/feature/features.o: private TARGET_CFLAGS += -DBOARD='"$(BOARD)"' \
	-DFEATURE_NAMES='"$(LOADER_FEATURES_$(1))"' -DWATCHDOG=$(or $(LOADER_WATCHDOG_$(1)),0) \
	-DCONSOLE_NOW=$(if $(LOADER_CONSOLE_$(1)),true,false) \
	-DFEATURES='$(patsubst %,HAS(%),$(LOADER_FEATURES_$(1)) $(if $(has-errors),errors))'
$(BUILD)/$(1)/obj/boot/feature/signature/built_in.o: $(LOADER_KEYS_$(1)) $(BUILD)/$(1)/settings
$(BUILD)/$(1)/obj/boot/feature/signature/built_in.o: private TARGET_CFLAGS += \
	-DKEYS_DTB='"$(LOADER_KEYS_$(1))"' -DMINIMUM_VERSION=$(LOADER_MINIMUM_$(1))

$(BUILD)/$(1)/obj/boot/feature/monitor/image.o: $(MONITOR).bin
$(BUILD)/$(1)/obj/boot/feature/monitor/image.o: private TARGET_CFLAGS += -DMONITOR_IMAGE='"$(MONITOR).bin"'

$(BUILD)/$(1)/obj/$(LZ4_KERNEL).o: $(LZ4_HEADERS)
$(BUILD)/$(1)/obj/$(LZ4_KERNEL).o: private TARGET_CFLAGS += $(LZ4_INCLUDES) -O2

# Linked twice: without its sentences (base/sentence.h), then with what the first link shows them to be.
$(BUILD)/$(1)/unpacked.elf: $(LOADER_OBJ) $(feature-obj) $(LOADER_LDS) $(BUILD)/$(1)/settings $(CODE_SETTINGS)
	$$(call step,LD,$$@)
	$$(Q)$$(call link-loader,$(1)) -Wl,--defsym=sentences_packed=code_start -o $$@ $$(filter %.o,$$^) $$(LOADER_LIBS)

$(BUILD)/$(1)/sentences.packed: $(BUILD)/$(1)/unpacked.elf tools/pack-sentences
	$$(call step,PACK,$$@)
	$$(Q)$$(call copy-sentences,$$<,$$(@D)/sentences)
	$$(Q)tools/pack-sentences $$(@D)/sentences $$@

$(BUILD)/$(1)/obj/boot/sentences.o: $(BUILD)/$(1)/sentences.packed
$(BUILD)/$(1)/obj/boot/sentences.o: private TARGET_CFLAGS += -DSENTENCES='"$(BUILD)/$(1)/sentences.packed"'

$(BUILD)/$(1)/peerboot.elf: $(LOADER_OBJ) $(feature-obj) $(BUILD)/$(1)/obj/boot/sentences.o $(BUILD)/$(1)/unpacked.elf
	$$(call step,LD,$$@)
	$$(Q)$$(call link-loader,$(1)) -o $$@.partial $$(filter %.o,$$^) $$(LOADER_LIBS)
	$$(Q)$$(call copy-sentences,$$@.partial,$$(@D)/sentences.linked)
	$$(Q)cmp $$(@D)/sentences $$(@D)/sentences.linked && mv $$@.partial $$@

$(BUILD)/$(1)/peerboot.bin: $(BUILD)/$(1)/peerboot.elf
	$$(call step,OBJCOPY,$$@)
	$$(Q)$$(TARGET_OBJCOPY) -O binary $$< $$@

-include $(patsubst %.o,%.d,$(feature-obj))
endef

ALL += $(LOADERS:%=$(BUILD)/%/peerboot.bin)

# In the form that a boot ROM wants it, where the board's folder has a program for that.
BOARD_IMAGE := $(wildcard boot/board/$(BOARD)/image)
ifneq ($(BOARD_IMAGE),)
ALL += $(LOADERS:%=$(BUILD)/%/peerboot.img)
$(LOADERS:%=$(BUILD)/%/peerboot.img): %.img: %.bin $(BOARD_IMAGE) $(BOARD_MAPS)
	$(call step,IMAGE,$@)
	$(Q)$(BOARD_IMAGE) $$(sed -n 's/^#define LOADER_BASE\s*//p' $(BOARD_MAPS) | tail -n 1) $< $@
endif
$(foreach loader,$(LOADERS),$(eval $(call loader-rules,$(loader))))

# mkimage writes a public key into a device tree only while it signs something with it.
$(BUILD)/keys/development.dtb: $(DEVELOPMENT_KEYS)/keys.its $(wildcard $(DEVELOPMENT_KEYS)/development.*)
	$(call step,MKIMAGE,$@)
	$(Q)mkdir -p $(@D) && echo '/dts-v1/; / { };' | dtc -q -I dts -O dtb -o $@.partial
	$(Q)mkimage -f $< -k $(DEVELOPMENT_KEYS) -K $@.partial -r $@.itb >$@.log && mv $@.partial $@

.PHONY: size

print-sizes = status=0; $(foreach loader,$(LOADERS),tools/size --board $(BOARD) --name $(loader) \
	--flash-limit $(LOADER_LIMIT_$(loader)) --ram-limit $(BOARD_RAM_LIMIT) \
	$(addprefix $(BUILD)/$(loader)/peerboot.,elf bin) || status=1;) exit $$status

size: $(LOADERS:%=$(BUILD)/%/peerboot.bin) ## flash and RAM that each loader takes, against its limits: of all boards, or of BOARD
	$(Q)$(print-sizes)
	+$(Q)for board in $(OTHER_BOARDS); do $(MAKE_OTHER) BOARD=$$board size || exit 1; done

-include $(LOADER_OBJ:.o=.d)
