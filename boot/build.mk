# SPDX-License-Identifier: BSD-2-Clause
#
# The loader: $(BUILD)/$(BOARD)/peerboot.elf and .bin, which is what goes to the
# start of flash.

LOADER := $(BUILD)/$(BOARD)/peerboot
LOADER_OBJ_DIR := $(BUILD)/$(BOARD)/obj

LOADER_SRC := $(wildcard base/*.c boot/*.c boot/image/*.c boot/arch/$(BOARD_ARCH)/*.[cS] \
	boot/board/$(BOARD)/*.c) $(RESOURCE_TABLE_SRC) $(FDT_SRC)
LOADER_OBJ := $(addsuffix .o,$(basename $(LOADER_SRC:%=$(LOADER_OBJ_DIR)/%))) \
	$(patsubst $(LIBFDT_DIR)/%.c,$(LOADER_OBJ_DIR)/libfdt/%.o,$(FDT_LIBFDT_SRC))
LOADER_LDS := $(LOADER_OBJ_DIR)/loader.ld

# libcrypto's and zlib's headers as Debian's armhf packages have them, behind newlib's own.
# OpenSSL 3 calls its one-shot SHA functions deprecated; they are what fits a loader.
LOADER_CFLAGS = $(TARGET_CFLAGS) $(subst -isystem,-idirafter,$(ARMHF_INCLUDES)) \
	-DOPENSSL_SUPPRESS_DEPRECATED -ffreestanding -fno-common -Wframe-larger-than=2048 \
	-flto # a twentieth smaller
# Debian's objects are built for enums of 32 bits, newlib's for enums as small as they fit; none
# crosses between them.
LOADER_LDFLAGS = $(BOARD_CFLAGS) -Os -flto -nostartfiles -static -T $(LOADER_LDS) \
	-Wl,--gc-sections -Wl,--no-enum-size-warning -Wl,-z,noexecstack -Wl,--fatal-warnings -Wl,-Map,$(LOADER).map
LOADER_LIBS = $(LIBCRYPTO) $(LIBBEARSSL)

ALL += $(LOADER).bin

$(LOADER_OBJ_DIR)/%.o: %.c
	$(call step,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(LOADER_CFLAGS) -c -o $@ $<

# The compiler knows these loops by name, and calls what it makes of others when it is too late
# for the link to see.
$(LOADER_OBJ_DIR)/boot/string.o: LOADER_CFLAGS += -fno-tree-loop-distribute-patterns -fno-lto -O2

$(LOADER_OBJ_DIR)/%.o: %.S
	$(call step,AS,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(TARGET_CFLAGS) -c -o $@ $<

# Not our code: its own warnings are its own. Planning is walking trees, step by step through fdt.c:
# faster code there is worth its bytes, a seventh of what comes before the first early core.
$(LOADER_OBJ_DIR)/libfdt/fdt.o: TARGET_CFLAGS += -O2
$(LOADER_OBJ_DIR)/libfdt/%.o: $(LIBFDT_DIR)/%.c
	$(call step,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(TARGET_CFLAGS) -flto -w -I$(LIBFDT_DIR) -c -o $@ $<

$(LOADER_LDS): ldscripts/loader.ld.S boot/board/$(BOARD)/memory_map.h boot/board/$(BOARD)/board.mk
	$(call step,CPP,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CPP) -P -undef -x assembler-with-cpp -I. -DBOARD_MEMORY_MAP='"boot/board/$(BOARD)/memory_map.h"' \
		-DBOARD_FLASH_LIMIT=$(BOARD_FLASH_LIMIT) -DBOARD_RAM_LIMIT=$(BOARD_RAM_LIMIT) \
		-o $@ $<

$(LOADER).elf: $(LOADER_OBJ) $(LOADER_LDS)
	$(call step,LD,$@)
	$(Q)$(TARGET_CC) $(LOADER_LDFLAGS) -o $@ $(LOADER_OBJ) $(LOADER_LIBS)

$(LOADER).bin: $(LOADER).elf
	$(call step,OBJCOPY,$@)
	$(Q)$(TARGET_OBJCOPY) -O binary $< $@

-include $(LOADER_OBJ:.o=.d)
