# SPDX-License-Identifier: BSD-2-Clause
#
# Linux's resource table as an ELF of its own: one section, at the address of memory_map.h. Data alone, in the
# form of Linux's cores.

LINUX_TABLE := $(IMAGE_DIR)/linux-table.elf
LINUX_TABLE_DIR := $(IMAGE_DIR)/linux-table
LINUX_TABLE_OBJ := $(LINUX_TABLE_DIR)/table.o

ALL += $(LINUX_TABLE)

$(LINUX_TABLE_OBJ): images/linux-table/table.c $(LIBRARY_SETTINGS)
	$(call step,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(TARGET_CFLAGS) $(BOARD_DEFINES) $(LAYOUT_DEFINES) -fno-common -c -o $@ $<

$(LINUX_TABLE_DIR)/table.ld: ldscripts/table.ld.S $(BOARD_MAPS)
	$(call step,CPP,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CPP) -P -undef -x assembler-with-cpp $(BOARD_DEFINES) -I. -DIMAGE_TABLE=TABLE_LINUX_BASE -o $@ $<

$(LINUX_TABLE): $(LINUX_TABLE_OBJ) $(LINUX_TABLE_DIR)/table.ld images/check_image
	$(call step,LD,$@)
	$(Q)$(TARGET_CC) $(BOARD_CFLAGS) -nostdlib -static -Wl,-z,max-page-size=8 -Wl,--build-id=none -s \
		-T $(LINUX_TABLE_DIR)/table.ld -o $@ $<
	$(Q)$(PYTHON) images/check_image $(addprefix --map ,$(BOARD_MAPS)) --context LINUX $@

-include $(LINUX_TABLE_OBJ:.o=.d)
