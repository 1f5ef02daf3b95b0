# SPDX-License-Identifier: BSD-2-Clause
#
# Variables and the targets a person types. What is built, and how, is in the
# fragments (*/build.mk) included below; everything built goes below $(BUILD),
# everything downloaded below $(CACHE).
#
# Two lines a recipe:
#	$(call step,CC,$@)
#	$(Q)$(TARGET_CC) ...
# `make V=1` shows the commands in place of the steps.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
# As many jobs as there are processors, unless told.
ifeq ($(filter -j% --jobs%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc)
endif
.SUFFIXES:
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c

.DEFAULT_GOAL := all
comma := ,

GOALS := $(or $(MAKECMDGOALS),all)

BOARDS := $(sort $(notdir $(patsubst %/board.mk,%,$(wildcard boot/board/*/board.mk))))
DEFAULT_BOARD := virt
BOARD_IS_GIVEN := $(BOARD)
BOARD ?= $(DEFAULT_BOARD)
BUILD := build
# What is made for one board alone.
BOARD_BUILD = $(BUILD)/$(BOARD)
CACHE := .cache
# For what is misspelled nothing is installed or fetched.
include given.mk

PYTHON := /usr/bin/python3
PYTEST_FLAGS ?=

# WERROR= has a compiler go on that warns where ours does not.
WERROR ?= -Werror
WARNINGS := -Wall -Wextra -Wconversion $(WERROR)
FATAL_WARNINGS := $(addprefix -Wl$(comma)--fatal-,$(if $(WERROR),warnings))
DEPFLAGS = -MMD -MP

HOST_CC ?= gcc
HOST_SAN := -fsanitize=address,undefined -fno-sanitize-recover=all
LIBFDT_HEADERS = $(addprefix -isystem ,$(LIBFDT_DIR))
HOST_CFLAGS = -std=gnu11 -O1 -g $(WARNINGS) -I. $(LIBFDT_HEADERS) $(DEPFLAGS)

ifeq ($(filter $(BOARD),$(BOARDS)),)
$(error BOARD: there is no '$(BOARD)'; there are: $(BOARDS))
endif
# The board's, and with what its architecture's code is made.
include boot/board/$(BOARD)/board.mk
include arch/$(BOARD_ARCH)/arch.mk
# With what bare-metal images are: the same, unless peers are of a cluster with another instruction set.
BOARD_IMAGE_ARCH ?= $(BOARD_ARCH)
BOARD_IMAGE_CFLAGS ?= $(BOARD_CFLAGS)
ifeq ($(BOARD_IMAGE_ARCH),$(BOARD_ARCH))
IMAGE_CROSS_COMPILE ?= $(CROSS_COMPILE)
endif
include arch/$(BOARD_IMAGE_ARCH)/image.mk
# Those that its memory map has cores for: B, or B and C. A master takes C's place.
# One map may include another board's.
BOARD_MAP := boot/board/$(BOARD)/memory_map.h
map-chain = $(foreach m,$(shell sed -n 's/^\#include "\(.*\)"/\1/p' $(1)),$(call map-chain,$(m))) $(1)
BOARD_MAPS := $(call map-chain,$(BOARD_MAP))
BOARD_PEERS := $(shell sed -n 's/^\#define PEER_\([BC]\)_CPUS.*/\1/p' $(BOARD_MAPS))
BOARD_LACKS += $(if $(filter C,$(BOARD_PEERS)),,master)
# Behind the name of what is made for one architecture and not for one board.
OF_ARCH := $(addprefix -,$(filter-out armhf,$(DEBIAN_ARCH)))

TARGET_CC := $(CROSS_COMPILE)gcc
TARGET_AR := $(CROSS_COMPILE)ar
TARGET_CPP := $(CROSS_COMPILE)cpp
TARGET_OBJCOPY := $(CROSS_COMPILE)objcopy
TARGET_SIZE := $(CROSS_COMPILE)size
TARGET_NM := $(CROSS_COMPILE)nm
TARGET_LD := $(CROSS_COMPILE)ld
# What the programs say of themselves. Written at once if it has changed; the rule is for
# `make clean all`, which removes it behind make's back.
VERSION_HEADER := $(BUILD)/version.h
VERSION_DEFINES := -DVERSION_HEADER='"$(VERSION_HEADER)"'
$(if $(filter-out help,$(or $(MAKECMDGOALS),all)),$(shell tools/version $(VERSION_HEADER)))
# What has a date has that of the sources.
SOURCE_DATE_EPOCH := $(or $(SOURCE_DATE_EPOCH),$(shell tools/version --date))
export SOURCE_DATE_EPOCH

# Nothing built says in which folder; the assembler gets the second one alone.
NO_FOLDER := $(addsuffix =$(CURDIR)=.,-ffile-prefix-map -fdebug-prefix-map)
CODE_CFLAGS = $(WARNINGS) $(NO_FOLDER) -ffunction-sections -fdata-sections -I. $(LIBFDT_HEADERS) $(DEPFLAGS)
# BOARD_CFLAGS (cpu flags) come from the board's folder.
TARGET_CFLAGS = -std=gnu11 -Os -g $(BOARD_CFLAGS) $(ARCH_CFLAGS) $(CODE_CFLAGS)

# Debian's linux-image-KERNEL, of its main suite or of another: KERNEL=rt-armmp, KERNEL=armmp/backports.
# Default: arch.mk's.
CONFIG := $(CACHE)/config$(if $(filter-out armmp,$(KERNEL)),-$(subst /,_,$(KERNEL))).mk

ifeq ($(V),1)
Q :=
step :=
else
Q := @
step = @printf '  %-8s %s\n' '$(1)' '$(2)'
endif

# The set-up writes $(CONFIG). Including it has make bring it up to date before any other rule, so that no
# rule of a fragment has to name the set-up. Targets that make one part (needs.mk) do without: what was set up
# before is their default.
PARTS := loader lib images tool module install install-tool install-board
ifdef KDIR
KERNEL_HEADERS := $(abspath $(KDIR))
KERNEL_SOURCE ?= $(patsubst %/drivers/rpmsg/rpmsg_internal.h,%,$(firstword $(wildcard \
	$(addsuffix /drivers/rpmsg/rpmsg_internal.h,$(KERNEL_HEADERS) $(KERNEL_HEADERS)/source))))
endif
NEEDS_NO_SETUP := help new-board clean distclean dist $(PARTS)
SETS_UP := $(filter-out $(NEEDS_NO_SETUP),$(GOALS))
ifneq ($(SETS_UP),)
include $(CONFIG)
else
include $(wildcard $(CONFIG))
# Of headers that are the same everywhere those of the build machine will do.
LIBRARY_INCLUDES ?= $(addprefix -isystem ,/usr/include/$(shell $(HOST_CC) -print-multiarch) /usr/include)
endif
# Tests need more than a build, and what has been set up for them will do for it.
BUILDS := all demo run debug size $(PARTS)
PACKAGES := $(CACHE)/packages-$(DEBIAN_ARCH)
SETUP_FOR := $(if $(filter-out $(BUILDS),$(foreach g,$(SETS_UP),$(if $(findstring /,$(g)),,$(g))))$(wildcard $(PACKAGES)-check.stamp),check,build)

# Make for another board: what was said of this one's compilers, kernel and features, on the command
# line or in the environment, is not said of it. All else is; a space within a value is "\ " there.
OF_ONE_BOARD := KERNEL KERNEL_RELEASE KERNEL_IMAGE KERNEL_MODULES KERNEL_TREES KERNEL_HEADERS KERNEL_SOURCE \
	FEATURES CROSS_COMPILE IMAGE_CROSS_COMPILE LINUX_CROSS_COMPILE LIBRARY_SYSROOT LIBRARY_INCLUDES \
	BUSYBOX LIBCRYPTO
escaped_space := \$(subst x,,x x)
said-of-all = $(subst ?space?,$(escaped_space),$(filter-out $(OF_ONE_BOARD:%=%=%),\
	$(subst $(escaped_space),?space?,$(MAKEFLAGS))))
MAKE_OTHER = env $(OF_ONE_BOARD:%=-u %) MAKEFLAGS='$(subst ','\'',$(said-of-all))' $(MAKE) --no-print-directory

# Without a set-up: the one source that was given.
LZ4_SOURCE ?= $(KERNEL_SOURCE)

# The file $(1) has the variables $(2), so that what depends on it is built anew if they change: files of
# packages keep their dates, and others of the same name may be older. The first one is older than all:
# nothing has been built with others. Of those in $(CONFIG) each is in one.
define settings
$(1): FORCE
	@mkdir -p $$(@D)
	@new=; [ -e $$@ ] || new=1; printf '%s\n' $(foreach v,$(2),'$(v) = $($(v))') | cmp -s - $$@ || \
		printf '%s\n' $(foreach v,$(2),'$(v) = $($(v))') >$$@; [ -z "$$$$new" ] || touch -d @1 $$@
endef

.PHONY: FORCE
FORCE:

# What loaders, images and host programs are made with.
LIBRARY_SETTINGS := $(BUILD)/settings/libraries$(OF_ARCH)
$(eval $(call settings,$(LIBRARY_SETTINGS),LIBRARY_SYSROOT LIBRARY_INCLUDES LIBFDT_DIR LIBCRYPTO \
	BEARSSL_DIR LIBDEFLATE_DIR LZ4_SOURCE CROSS_COMPILE IMAGE_CROSS_COMPILE HOST_CC))

# And with which flags, of one board.
BOARD_SETTINGS := $(BUILD)/settings/flags-$(BOARD)
$(eval $(call settings,$(BOARD_SETTINGS),BOARD_CFLAGS ARCH_CFLAGS ARCH_LDFLAGS BOARD_IMAGE_CFLAGS ARCH_IMAGE_CFLAGS ARCH_MONITOR_CFLAGS))
CODE_SETTINGS := $(LIBRARY_SETTINGS) $(BOARD_SETTINGS)

# What `make all` builds; fragments add to it.
ALL :=

include sources.mk resource_table/build.mk doorbell/build.mk fdt/build.mk
include boot/library.mk monitor/build.mk boot/build.mk
include images/build.mk images/linux-table/build.mk
include linux/build.mk images/demo/build.mk $(patsubst %,images/%/build.mk,$(filter-out $(BOARD_LACKS),$(ARCH_PROGRAMS)))
include tools/build.mk tools/peerboot/build.mk
include model/build.mk test/build.mk test/fuzz/build.mk test/bench/build.mk
include needs.mk install.mk

.PHONY: all setup install-deps help new-board demo run debug lint format dist clean distclean

$(VERSION_HEADER):
	@tools/version $@

all: $(ALL) ## build everything

$(PACKAGES)-%.stamp: tools/setup
	@mkdir -p $(@D)
	@tools/setup --arch $(DEBIAN_ARCH) $(if $(filter build,$*),--build)
	@touch $@

ifneq ($(SETS_UP),)
$(CONFIG): tools/fetch | $(PACKAGES)-$(SETUP_FOR).stamp
	@tools/fetch --cache $(CACHE) --arch $(DEBIAN_ARCH) --kernel '$(KERNEL)'
endif

setup install-deps: $(CONFIG) ## install and fetch what is missing, build nothing

FLASH := $(BOARD_BUILD)/demo/flash.img
RUN := tools/run --board $(BOARD)

demo: all ## build, boot the demo in QEMU, end with "demo: ok"
	$(Q)tools/demo --board $(BOARD) $(FLASH)

run: all ## boot the flash image, console on the terminal; Ctrl-A X ends it
	$(Q)$(RUN) $(RUN_FLAGS) $(FLASH)

debug: all ## as run, but waiting at reset for gdb; prints the gdb line
	$(Q)$(RUN) --gdb $(RUN_FLAGS) $(FLASH)

new-board: ## begin a board: NAME, as LIKE (sabrelite) is
	$(Q)tools/new-board $(if $(LIKE),--like $(LIKE)) '$(NAME)'

C_FILES = $(shell git ls-files -co --exclude-standard '*.c' '*.h')
SHELL_FILES = $(shell git grep --untracked -lE '^\#(!/bin/(ba)?sh| shellcheck shell=)' -- ':!*.md')

# Comments, which clang-format leaves as they are; a message may be longer.
WIDE_FILES = $(shell git ls-files -co --exclude-standard arch base boot doorbell driver fdt images linux resource_table rpmsg tools | grep '\.[chS]$$')

lint: lint-module ## clang-format, shellcheck, no knowledge of platforms, no include against the arrows, and sparse on the Linux module
	$(call step,FORMAT,$(words $(C_FILES)) files)
	$(Q)clang-format --dry-run -Werror $(C_FILES)
	$(Q)for f in $(WIDE_FILES); do expand $$f | awk -v f=$$f \
		'length > 100 && (!/"/ || /^ *(\/\*| \*)/) { print f ":" NR ": " length " columns"; e = 1 } END { exit e }' \
		|| bad=1; done; [ -z "$$bad" ]
	$(call step,PLATFORM,none but in the rooms for it)
	$(Q)tools/lint-platform
	$(call step,ARROWS,none the wrong way)
	$(Q)tools/lint-arrows
	$(call step,SHCHECK,$(words $(SHELL_FILES)) files)
	$(Q)shellcheck -x -P linux/initramfs $(SHELL_FILES)

format: ## lay out all C files by .clang-format
	$(Q)clang-format -i $(C_FILES)

help: ## list all targets
	@grep -hE '^[a-z][a-z -]*:.*## ' $(filter-out %.d,$(MAKEFILE_LIST)) | sort -u | \
		awk -F ':.*## ' '{ sub(" ", ", ", $$1); printf "  %-22s %s\n", $$1, $$2 }'

DIST = peerboot-$(shell tools/version)

dist: ## a tarball of what is committed: build/peerboot-VERSION.tar.gz
	$(Q)git diff --quiet HEAD || { echo "dist: not all is committed" >&2; exit 1; }
	$(Q)mkdir -p $(BUILD) && git archive --prefix=$(DIST)/ HEAD | gzip -9n >$(BUILD)/$(DIST).tar.gz
	@echo "$(BUILD)/$(DIST).tar.gz"

clean: ## remove everything built
	$(call step,CLEAN,$(BUILD))
	$(Q)rm -rf $(BUILD)

distclean: clean ## remove everything downloaded too
	$(call step,CLEAN,$(CACHE))
	$(Q)rm -rf $(CACHE)
