# SPDX-License-Identifier: BSD-2-Clause
#
# `make install` puts the command for the build machine, and what a firmware for BOARD is built and booted with, below
# PREFIX, in front of which DESTDIR is put. The place may be moved later as a whole.

PREFIX ?= /usr/local
INSTALL ?= install
INSTALL_LIB := lib/peerboot

.PHONY: install install-tool install-board

# $(1) mode, $(2) file, $(3) below PREFIX
define install-file
	$(call step,INSTALL,$(DESTDIR)$(PREFIX)/$(3))
	$(Q)$(INSTALL) -D -m $(1) $(2) "$(DESTDIR)$(PREFIX)/$(3)"

endef

# $(1) mode, $(2) files, $(3) folder below PREFIX, in which they lie as they do here
install-files = $(foreach f,$(2),$(call install-file,$(1),$(f),$(3)/$(f)))

# $(1) programs of tools/ that find what they need beside themselves: as bin/peerboot-NAME, with manuals and completion
define install-programs
	$(call install-files,755,$(1),$(INSTALL_LIB))
	$(foreach t,$(notdir $(1)),$(call install-file,644,docs/peerboot-$(t).1,share/man/man1/peerboot-$(t).1))
	$(foreach t,$(notdir $(1)),$(call install-file,644,tools/completion.bash,share/bash-completion/completions/peerboot-$(t)))
	$(Q)mkdir -p "$(DESTDIR)$(PREFIX)/bin"; for tool in $(notdir $(1)); do ln -sf ../$(INSTALL_LIB)/tools/$$tool "$(DESTDIR)$(PREFIX)/bin/peerboot-$$tool"; done

endef

install: install-tool install-board ## install-tool and install-board

install-tool: tool ## install the command for the build machine, peerboot-map and peerboot-timeline, with manuals and completion (PREFIX, DESTDIR)
	$(call install-file,755,$(HOST_TOOL)/peerboot,bin/peerboot)
	$(call install-file,644,docs/peerboot.1,share/man/man1/peerboot.1)
	$(call install-file,644,tools/peerboot/completion.bash,share/bash-completion/completions/peerboot)
	$(call install-file,644,tools/peerboot/plan.schema.json,share/peerboot/plan.schema.json)
	$(call install-files,644,$(wildcard tools/memory_map/*.py),$(INSTALL_LIB))
	$(call install-programs,tools/map tools/timeline)

# What a firmware includes, and what that includes.
INSTALL_API := $(addprefix images/lib/,doorbell.h image.h life.h link.h mmu.h table.h trace.h) driver/clock.h
INSTALL_HEADERS = $(sort $(filter %.h,$(shell $(IMAGE_CC) $(filter-out -M%,$(IMAGE_CFLAGS)) -MM -x c $(INSTALL_API))))
INSTALL_LDSCRIPTS := ldscripts/image.ld.S ldscripts/elf.ld.S arch/$(BOARD_IMAGE_ARCH)/link.inc
# By these mkflash and run know the board.
INSTALL_TOOLS := tools/dumpfdt tools/mkflash tools/run
INSTALL_KNOWN := $(wildcard tools/boards/*.py) $(BOARD_MAPS) $(wildcard $(foreach b,$(BOARD_MAPS:%/memory_map.h=%),$(b)/board.mk $(b)/qemu.toml) \
	$(foreach a,$(sort $(BOARD_ARCH) $(BOARD_IMAGE_ARCH)),arch/$(a)/arch.mk arch/$(a)/image.mk))
INSTALL_BOARD_MK := $(BOARD_BUILD)/install.mk

$(INSTALL_BOARD_MK): FORCE
	$(Q)mkdir -p $(@D) && printf '%s\n' '# peerboot for $(BOARD): see image.mk' 'PEERBOOT_BOARD := $(BOARD)' \
		'PEERBOOT_ARCH := $(BOARD_IMAGE_ARCH)' 'PEERBOOT_CROSS_COMPILE ?= $(IMAGE_CROSS_COMPILE)' \
		'PEERBOOT_CPU := $(BOARD_IMAGE_CFLAGS) $(ARCH_IMAGE_CFLAGS)' 'PEERBOOT_CPU_LDFLAGS := $(ARCH_IMAGE_LDFLAGS)' \
		'PEERBOOT_CPU_LIBS := $(ARCH_IMAGE_LIBS)' 'include $$(dir $$(lastword $$(MAKEFILE_LIST)))image.mk' >$@

install-board: lib loader $(INSTALL_BOARD_MK) ## install what a firmware for BOARD is built and booted with: library, headers, loader, mkflash, run
	$(call install-file,644,$(IMAGE_LIB),$(INSTALL_LIB)/$(BOARD)/$(notdir $(IMAGE_LIB)))
	$(call install-files,644,$(INSTALL_HEADERS) $(BOARD_MAPS) $(INSTALL_LDSCRIPTS),include/peerboot)
	$(call install-file,644,$(INSTALL_BOARD_MK),share/peerboot/$(BOARD).mk)
	$(call install-file,644,images/image.mk,share/peerboot/image.mk)
	$(call install-file,755,images/check_image,$(INSTALL_LIB)/check_image)
	$(foreach ext,bin $(if $(BOARD_IMAGE),img),$(call install-file,644,$(PART_LOADER:.bin=.$(ext)),$(INSTALL_LIB)/build/$(BOARD)/peerboot.$(ext)))
	$(call install-files,644,$(INSTALL_KNOWN),$(INSTALL_LIB))
	$(call install-programs,$(INSTALL_TOOLS))
