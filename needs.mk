# SPDX-License-Identifier: BSD-2-Clause
#
# Targets that make one part each, of a toolchain and of what variables name. They install and fetch nothing,
# and write only to $(BUILD). What such a part needs and can't find is named before anything is built.

.PHONY: loader lib tool module

# With FEATURES it is the loader that has those.
PART_LOADER := $(BUILD)/$(BOARD)$(if $(filter command environment,$(FEATURES_FROM)),-full)/peerboot.bin

loader: $(PART_LOADER) $(if $(BOARD_IMAGE),$(PART_LOADER:.bin=.img)) ## the loader of BOARD, with FEATURES if given; without set-up
	$(if $(filter %-full/peerboot.bin,$(PART_LOADER)),@echo "loader of $(BOARD) with $(PART_FEATURES)$(comma) whatever its folder is called:")
	@echo "$(filter-out FORCE,$^)"

lib: $(IMAGE_LIB) ## the library for bare-metal images of BOARD; without set-up
	@echo "$^"

module: $(LINUX_BUILD)/peerboot.ko ## the Linux module, against the kernel build in KDIR; without set-up
	@echo "$^"

tool: $(HOST_TOOL)/peerboot ## the command for the build machine; without set-up
	@echo "$^"

# Variables: what each names, by a file that is there, and what for.
FILE_LIBFDT_DIR := fdt.c
FOR_LIBFDT_DIR := source of libfdt, which reads and writes device trees: a kernel's scripts/dtc/libfdt, or dtc's libfdt
FILE_BEARSSL_DIR := inc/bearssl.h
FOR_BEARSSL_DIR := source of BearSSL, for SHA-256 and signatures: bearssl.org, or `apt-get source bearssl`
FILE_LIBDEFLATE_DIR := libdeflate.h
FOR_LIBDEFLATE_DIR := source of libdeflate, for feature decompression: `apt-get source libdeflate`
FILE_LZ4_SOURCE := lib/lz4/lz4_decompress.c
FOR_LZ4_SOURCE := source of a kernel, for feature decompression: its lib/lz4
FOR_LIBCRYPTO := OpenSSL's libcrypto.a for the board, for feature fast_hash: Debian's libssl-dev:armhf or :arm64. FEATURES="..." without fast_hash does without
FILE_KERNEL_HEADERS := .config
FOR_KERNEL_HEADERS := KDIR: the kernel's build folder or headers package, /lib/modules/RELEASE/build say
FILE_KERNEL_SOURCE := drivers/rpmsg/rpmsg_internal.h
FOR_KERNEL_SOURCE := that kernel's source, for its drivers/rpmsg/rpmsg_internal.h
FILE_PICOLIBC := include/string.h
FOR_PICOLIBC := picolibc, for the C library's headers: Debian's picolibc-aarch64-linux-gnu

# Programs and headers of the build machine; a compiler stands for all of its toolchain.
FOR_$(TARGET_CC) := compiler of the loader: CROSS_COMPILE=
FOR_$(IMAGE_CC) := $(if $(FOR_$(IMAGE_CC)),$(FOR_$(IMAGE_CC)); and the )compiler of bare-metal images, with a C library: IMAGE_CROSS_COMPILE=
FOR_$(LINUX_CC) := $(if $(FOR_$(LINUX_CC)),$(FOR_$(LINUX_CC)); and the )compiler of the kernel: LINUX_CROSS_COMPILE=
FOR_$(HOST_CC) := compiler of the build machine: HOST_CC=
FOR_$(PYTHON) := Python 3.11
FOR_dtc := device-tree compiler, for the development key's tree of feature signature; or name one by KEYS_DTB=
FOR_mkimage := U-Boot's mkimage, likewise
FOR_bearssl.h := BearSSL, for SHA-256 and signatures: Debian's libbearssl-dev
FOR_zlib.h := zlib, for CRC-32 and compressed images: Debian's zlib1g-dev
FOR_libdeflate.h := libdeflate, for compressed images: Debian's libdeflate-dev
FOR_lz4.h := LZ4, for compressed images: Debian's liblz4-dev; or name a kernel's source by LZ4_SOURCE=
FOR_openssl/sha.h := OpenSSL, for hashes: Debian's libssl-dev
FOR_xxhash.h := xxHash, for LZ4 frames: Debian's libxxhash-dev

PART_FEATURES := $(LOADER_FEATURES_$(notdir $(patsubst %/,%,$(dir $(PART_LOADER)))))
has-feature = $(filter $(1),$(PART_FEATURES))
own-key = $(and $(call has-feature,signature),$(filter $(BUILD)/%,$(KEYS_DTB)))

VARIABLES_loader := $(if $(PICOLIBC),PICOLIBC) LIBFDT_DIR BEARSSL_DIR $(if $(call has-feature,decompression),LIBDEFLATE_DIR LZ4_SOURCE) \
	$(if $(call has-feature,fast_hash),LIBCRYPTO)
PROGRAMS_loader := $(TARGET_CC) $(PYTHON) $(if $(own-key),dtc mkimage)
HEADERS_loader := zlib.h openssl/sha.h $(if $(call has-feature,decompression),xxhash.h)
VARIABLES_lib := $(if $(filter picolibc,$(ARCH_LIBC)),PICOLIBC)
PROGRAMS_lib := $(IMAGE_CC)
VARIABLES_images = $(VARIABLES_lib)
PROGRAMS_images := $(IMAGE_CC) $(PYTHON)
VARIABLES_module := KERNEL_HEADERS KERNEL_SOURCE
PROGRAMS_module := $(LINUX_CC)
VARIABLES_tool := LIBFDT_DIR
PROGRAMS_tool := $(HOST_CC)
HEADERS_tool := bearssl.h zlib.h libdeflate.h openssl/sha.h xxhash.h $(if $(LZ4_SOURCE),,lz4.h)

# Those that can't be found: $(1) is a variable, a program, a header, a part.
lacks-variable = $(if $(if $($(1)),$(wildcard $($(1))$(addprefix /,$(FILE_$(1))))),,$(1))
lacks-program = $(if $(shell command -v $(1)),,$(1))
hash := \#
lacks-header = $(if $(shell echo '$(hash)include <$(1)>' | $(HOST_CC) $(LIBRARY_INCLUDES) -E - >/dev/null 2>&1 && echo there),,$(1))
lacks = $(foreach v,$(VARIABLES_$(1)),$(call lacks-variable,$(v))) \
	$(foreach p,$(PROGRAMS_$(1)),$(call lacks-program,$(p))) $(foreach h,$(HEADERS_$(1)),$(call lacks-header,$(h)))

# What installing makes of them.
PARTS_OF_install := tool lib loader
PARTS_OF_install-tool := tool
PARTS_OF_install-board := lib loader
ASKED_PARTS := $(sort $(if $(SETS_UP),,$(foreach g,$(filter $(PARTS),$(GOALS)),$(or $(PARTS_OF_$(g)),$(g)))))
LACKED := $(sort $(foreach part,$(ASKED_PARTS),$(call lacks,$(part))))
ifneq ($(LACKED),)
$(foreach l,$(LACKED),$(info $(l)$(if $($(l)), ($($(l)))): $(FOR_$(l))))
$(error $(ASKED_PARTS): missing $(LACKED). `make setup` installs and fetches all of it, on Debian 12)
endif
