# SPDX-License-Identifier: BSD-2-Clause
#
# Linux's resource table as an ELF of its own: one section, at the address of memory_map.h.

LINUX_TABLE := $(IMAGE_DIR)/linux-table.elf

ALL += $(LINUX_TABLE)

$(IMAGE_DIR)/obj/linux-table/table.ld: ldscripts/table.ld.S $(BOARD_MAPS)
	$(call step,CPP,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CPP) -P -undef -x assembler-with-cpp $(IMAGE_DEFINES) -I. -DIMAGE_TABLE=TABLE_LINUX_BASE -o $@ $<

$(LINUX_TABLE): $(IMAGE_DIR)/obj/images/linux-table/table.o $(IMAGE_DIR)/obj/linux-table/table.ld images/check_image
	$(call step,LD,$@)
	$(Q)$(TARGET_CC) $(BOARD_CFLAGS) -nostdlib -static -Wl,-z,max-page-size=8 -Wl,--build-id=none -s \
		-T $(IMAGE_DIR)/obj/linux-table/table.ld -o $@ $<
	$(Q)$(PYTHON) images/check_image $(addprefix --map ,$(BOARD_MAPS)) --context LINUX $@

-include $(IMAGE_DIR)/obj/images/linux-table/table.d
