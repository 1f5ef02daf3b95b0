# SPDX-License-Identifier: BSD-2-Clause
#
# Linux as one ELF: $(BOOTSTRAP_BUILD)/linux.elf. The bootstrap is one object of loader code; with the
# payload's, a plain ld makes it the ELF. What to put in can be said on make's command line.

BOOTSTRAP_BUILD := $(BOARD_BUILD)/bootstrap
BOOTSTRAP_KERNEL ?= $(LINUX_BUILD)/zImage
BOOTSTRAP_INITRD ?= $(LINUX_BUILD)/initramfs.cpio.gz
BOOTSTRAP_MANIFEST ?= $(DEMO_BUILD)/manifest.dtb
BOOTSTRAP_TREE ?= # none: the board's own

# All of the loader, but what has one of its own here, and what is about boot images and hashes.
BOOTSTRAP_NOT := $(addprefix boot/,main.c loader.c $(addprefix plan/,images.c tree.c link_tables.c) \
	$(addprefix stage/,find.c manifest.c load.c table.c start.c) verify.c unpack.c hash.c library.c image/fit.c image/fit_data.c) \
	arch/$(BOARD_ARCH)/cold.S)
BOOTSTRAP_OBJ := $(patsubst %.c,$(LOADER_OBJ_DIR)/%.o,$(wildcard images/bootstrap/*.c))
BOOTSTRAP_BOOT := $(filter-out $(patsubst %,$(LOADER_OBJ_DIR)/%.o,$(basename $(BOOTSTRAP_NOT))),$(LOADER_OBJ)) \
	$(addprefix $(LOADER_OBJ_DIR)/,base/error_features_none.o boot/feature/arm64_none.o boot/feature/attach/attach.o boot/feature/attach/places.o boot/feature/devices/find.o \
	boot/feature/explain/explain.o boot/feature/interrupts/find.o boot/feature/regions/regions.o boot/feature/regions/take.o boot/feature/uimage/parser.o boot/feature/uimage/uimage.o)

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

$(BOOTSTRAP_BUILD)/bootstrap.ld: ldscripts/bootstrap.ld.S ldscripts/in_ram.ld.S ldscripts/elf.ld.S $(IMAGE_MAP)
	$(call step,CPP,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CPP) -P -undef -x assembler-with-cpp -I. $(IMAGE_DEFINES) -o $@ $<

# Section headers stay: a remoteproc master finds the table by the section's name.
$(BOOTSTRAP_BUILD)/linux.elf: $(BOOTSTRAP_BUILD)/bootstrap.ld $(BOOTSTRAP_BUILD)/bootstrap.o \
		$(IMAGE_DIR)/obj/images/linux-table/table.o $(BOOTSTRAP_BUILD)/payload.o
	$(call step,LD,$@)
	$(Q)$(TARGET_LD) --gc-sections -n -z noexecstack --strip-all --orphan-handling=error --fatal-warnings -o $@ -T $^

-include $(BOOTSTRAP_OBJ:.o=.d)
