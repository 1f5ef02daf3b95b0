# SPDX-License-Identifier: BSD-2-Clause
#
# The bare-metal master, $(IMAGE_DIR)/master.elf: what the loader is made of, as a library. It runs where
# the demo's peer c does.

MASTER := $(IMAGE_DIR)/master
# Enough to load an ELF, fill its table in, start it, and say what went wrong.
MASTER_LIB_SRC := $(BASE_SRC) $(PROGRAM_SRC) $(RESOURCE_TABLE_SRC) $(CONSOLE_SRC) $(DRIVER_SRC) $(OWN_SRC) $(ARCH_SRC) \
	$(addprefix boot/,plan/claim.c stage/error.c)
MASTER_OWN := $(patsubst %.c,$(LOADER_OBJ_DIR)/%.o,$(wildcard images/master/*.c))
# Of the images' library: an end of a link.
MASTER_LINK := $(patsubst %.c,$(IMAGE_DIR)/obj/%.o,$(wildcard images/lib/link*.c) $(RPMSG_SRC) \
	$(addprefix images/lib/,table.c doorbell.c))
MASTER_OBJ := $(MASTER_OWN) $(MASTER_LINK) \
	$(addprefix $(LOADER_OBJ_DIR)/,$(addsuffix .o,$(basename $(MASTER_LIB_SRC))))

ALL += $(MASTER).elf

$(MASTER_OWN): LOADER_CFLAGS += $(IMAGE_DEFINES)

$(MASTER).ld: ldscripts/program.ld.S ldscripts/in_ram.ld.S ldscripts/elf.ld.S $(BOARD_MAPS)
	$(call step,CPP,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CPP) -P -undef -x assembler-with-cpp -I. $(IMAGE_DEFINES) \
		-DPROGRAM_BASE=PEER_C_BASE -DPROGRAM_SIZE=PEER_C_SIZE -o $@ $<

$(MASTER).elf: $(MASTER_OBJ) $(MASTER).ld
	$(call step,LD,$@)
	$(Q)$(TARGET_CC) $(subst $(LOADER_LDS),$(MASTER).ld,$(LOADER_LDFLAGS)) -o $@ $(MASTER_OBJ) -lc -lgcc

-include $(MASTER_OWN:.o=.d)
