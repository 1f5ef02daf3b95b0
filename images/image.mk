# SPDX-License-Identifier: BSD-2-Clause
#
# For the Makefile of a bare-metal image that uses an installed peerboot:
#
#	IMAGE_BASE := 0x5c400000	# its own memory, whole pages
#	IMAGE_SIZE := 0x200000
#	IMAGE_TABLE := 0x5d600000	# its resource table, in shared memory
#	IMAGE_TRACE := 0x5d604000	# its trace, too
#	include /usr/local/share/peerboot/BOARD.mk
#
#	mine.elf: main.o
#	boot.itb: boot.its manifest.dtb mine.stripped.elf	# boot.img is a flash image of it, run-boot.img boots that in QEMU
#
# BOARD.mk says what is the board's, and includes this one. CFLAGS and LDFLAGS are yours.
# docs/firmware.md says what the addresses must be.

.DELETE_ON_ERROR: # nothing that was refused is there for the next step

$(foreach v,IMAGE_BASE IMAGE_SIZE IMAGE_TABLE IMAGE_TRACE,$(if $($(v)),,$(error $(v) is not set: docs/firmware.md, "Where it lives")))

PEERBOOT := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))../..)
PEERBOOT_CC = $(PEERBOOT_CROSS_COMPILE)gcc
PEERBOOT_INCLUDE := $(PEERBOOT)/include/peerboot
PEERBOOT_LOADER := $(PEERBOOT)/lib/peerboot/build/$(PEERBOOT_BOARD)/peerboot.bin
PEERBOOT_LIB := $(PEERBOOT)/lib/peerboot/$(PEERBOOT_BOARD)/libpeerboot.a
PEERBOOT_CPPFLAGS := -I$(PEERBOOT_INCLUDE) -DBOARD_MEMORY_MAP='"boot/board/$(PEERBOOT_BOARD)/memory_map.h"' \
	-DIMAGE_TRACE=$(IMAGE_TRACE)
PEERBOOT_CFLAGS := $(PEERBOOT_CPU) -Os -ffunction-sections -fdata-sections -fno-common
PEERBOOT_LDFLAGS := $(PEERBOOT_CPU) $(PEERBOOT_CPU_LDFLAGS) -nostartfiles -static -Wl,--gc-sections \
	-Wl,-z,max-page-size=8 -Wl,--orphan-handling=error -Wl,--fatal-warnings

%.o: %.c $(PEERBOOT_LIB) $(firstword $(MAKEFILE_LIST))
	$(PEERBOOT_CC) $(PEERBOOT_CPPFLAGS) $(PEERBOOT_CFLAGS) $(CFLAGS) -MMD -c -o $@ $<

image.ld: $(PEERBOOT_INCLUDE)/ldscripts/image.ld.S $(firstword $(MAKEFILE_LIST))
	$(PEERBOOT_CC) -E -P -undef -x assembler-with-cpp $(PEERBOOT_CPPFLAGS) -DARCH_LINK='"arch/$(PEERBOOT_ARCH)/link.inc"' \
		-DIMAGE_BASE=$(IMAGE_BASE) -DIMAGE_SIZE=$(IMAGE_SIZE) -DIMAGE_TABLE=$(IMAGE_TABLE) -o $@ $<

# What no image can be goes again: docs/firmware.md, "What goes wrong first".
%.elf: image.ld $(PEERBOOT_LIB)
	$(PEERBOOT_CC) $(PEERBOOT_LDFLAGS) $(LDFLAGS) -T image.ld -o $@ $(filter %.o,$^) $(PEERBOOT_LIB) $(PEERBOOT_CPU_LIBS)
	$(PEERBOOT)/lib/peerboot/check_image $@

# For the boot image. Section headers stay: who loads firmware finds its table by the section's name.
%.stripped.elf: %.elf
	$(PEERBOOT_CROSS_COMPILE)objcopy --strip-all $< $@

# The boot image, of its source and of the files that this names; and what the host's command says to it.
%.dtb: %.dts
	dtc -q -I dts -O dtb -o $@ $<

PEERBOOT_FDT := $(PEERBOOT_BOARD).dtb

$(PEERBOOT_FDT):
	$(PEERBOOT)/bin/peerboot-dumpfdt --board $(PEERBOOT_BOARD) -o $@

%.itb: %.its $(PEERBOOT_FDT)
	said=$$(mkimage -E -B 8 -f $< $@ 2>&1) || { echo "$$said" >&2; exit 1; }
	$(PEERBOOT)/bin/peerboot check --board $(PEERBOOT_BOARD) --fdt $(PEERBOOT_FDT) --loader $(PEERBOOT_LOADER) $@

%.img: %.itb
	$(PEERBOOT)/bin/peerboot-mkflash --board $(PEERBOOT_BOARD) --slot-a $< -o $@

run-%.img: %.img
	$(PEERBOOT)/bin/peerboot-run --board $(PEERBOOT_BOARD) $<

.PRECIOUS: %.elf %.itb %.img

-include $(wildcard *.d)
