# SPDX-License-Identifier: BSD-2-Clause
#
# Linux as one ELF: $(BOOTSTRAP_BUILD)/linux.elf. The bootstrap is one object of loader code; with the
# payload's, a plain ld makes it the ELF. What to put in can be said on make's command line.

BOOTSTRAP_BUILD := $(BOARD_BUILD)/bootstrap
BOOTSTRAP_KERNEL ?= $(LINUX_BUILD)/zImage
BOOTSTRAP_INITRD ?= $(LINUX_BUILD)/initramfs.cpio.gz
BOOTSTRAP_MANIFEST ?= $(DEMO_BUILD)/manifest.dtb
BOOTSTRAP_TREE ?= # none: the board's own

# What of the loader is not about boot images, hashes and the reset.
BOOTSTRAP_SRC := $(BASE_SRC) $(PROGRAM_SRC) $(STORAGE_SRC) $(PLAN_SRC) $(PLAN_SHOW_SRC) $(STAGE_SRC) \
	$(CONSOLE_SRC) $(BOARD_SRC) $(DRIVER_SRC) $(OWN_SRC) $(ARCH_SRC) $(RESOURCE_TABLE_SRC) $(DOORBELL_SRC) $(FDT_SRC) \
	$(addprefix boot/feature/,attach/header.c devices/devices.c interrupts/interrupts.c regions/take.c uimage/uimage.c)
BOOTSTRAP_OBJ := $(patsubst %.c,$(LOADER_OBJ_DIR)/%.o,$(wildcard images/bootstrap/*.c))
BOOTSTRAP_BOOT := $(addprefix $(LOADER_OBJ_DIR)/,$(addsuffix .o,$(basename $(BOOTSTRAP_SRC)))) \
	$(patsubst $(LIBFDT_DIR)/%.c,$(LOADER_OBJ_DIR)/libfdt/%.o,$(FDT_LIBFDT_SRC))

ALL += $(BOOTSTRAP_BUILD)/linux.elf

$(BOOTSTRAP_OBJ): LOADER_CFLAGS += $(IMAGE_DEFINES)

# The linker script's symbols are still missing, and what nobody calls is still there.
$(BOOTSTRAP_BUILD)/bootstrap.o: $(BOOTSTRAP_OBJ) $(BOOTSTRAP_BOOT) images/bootstrap/build.mk
	$(call step,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(BOARD_CFLAGS) -Os -ffunction-sections -fdata-sections -flto=auto \
		-flinker-output=nolto-rel -r -nostdlib -Wl,--no-enum-size-warning -Wl,-z,noexecstack \
		-o $@ $(filter %.o,$^) -lc -lgcc

$(BOOTSTRAP_BUILD)/payload.o: images/bootstrap/payload.S $(BOOTSTRAP_KERNEL) $(BOOTSTRAP_INITRD) \
		$(BOOTSTRAP_MANIFEST) $(BOOTSTRAP_TREE)
	$(call step,AS,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(BOARD_CFLAGS) -DKERNEL='"$(BOOTSTRAP_KERNEL)"' \
		-DMANIFEST='"$(BOOTSTRAP_MANIFEST)"' \
		$(if $(BOOTSTRAP_INITRD),-DINITRD='"$(BOOTSTRAP_INITRD)"') \
		$(if $(BOOTSTRAP_TREE),-DTREE='"$(BOOTSTRAP_TREE)"') -c -o $@ $<

$(BOOTSTRAP_BUILD)/bootstrap.ld: ldscripts/bootstrap.ld.S ldscripts/in_ram.ld.S ldscripts/elf.ld.S $(BOARD_MAPS)
	$(call step,CPP,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CPP) -P -undef -x assembler-with-cpp -I. $(IMAGE_DEFINES) -o $@ $<

# Section headers stay: a remoteproc master finds the table by the section's name.
$(BOOTSTRAP_BUILD)/linux.elf: $(BOOTSTRAP_BUILD)/bootstrap.ld $(BOOTSTRAP_BUILD)/bootstrap.o \
		$(LINUX_TABLE_OBJ) $(BOOTSTRAP_BUILD)/payload.o
	$(call step,LD,$@)
	$(Q)$(TARGET_LD) --gc-sections -n -z noexecstack --strip-all --orphan-handling=error --fatal-warnings -o $@ -T $^

-include $(BOOTSTRAP_OBJ:.o=.d)
