# SPDX-License-Identifier: BSD-2-Clause
#
# Named sets of files, which loaders, images, the host's command and tests are made of. Those of a feature are in
# boot/build.mk; fdt/ and resource_table/ have theirs.

BASE_SRC := $(addprefix base/,bytes.c core.c error.c error_set.c range.c)
# Errors that only features have.
ERROR_SRC := base/error_features.c

# Programs: ELFs, zImages, raw data.
PROGRAM_SRC := boot/segment.c $(addprefix boot/image/,elf.c fit_word.c image.c known.c raw.c use.c zimage.c)
# Boot images that carry them, and where these are read from and unpacked to.
FIT_SRC := $(addprefix boot/,hash.c unpack.c verify.c image/fit.c image/fit_data.c)
STORAGE_SRC := boot/staging.c boot/storage.c

# The plan, whoever makes it; of a boot image's contexts, which a program that has its images inside does
# in its own way; and what the console shows of it.
PLAN_SRC := $(addprefix boot/plan/,board.c check.c claim.c claims.c cores.c doorbells.c links.c linux.c \
	plan.c print.c regions.c table_areas.c tables.c view.c)
PLAN_FIT_SRC := $(addprefix boot/plan/,images.c link_tables.c tree.c)
PLAN_SHOW_SRC := boot/plan/show.c

# The boot's stages, likewise.
STAGE_SRC := $(addprefix boot/stage/,error.c fdt.c plan.c run.c stage.c tree.c) boot/version.c boot/watchdog.c
STAGE_FIT_SRC := boot/main.c $(addprefix boot/stage/,find.c load.c manifest.c start.c table.c)

# What only a board has: a console, what is said of faults, a map of memory, cores; a record in RAM, a core that enters something;
# and no C library.
CONSOLE_SRC := $(addprefix boot/,console.c core.c crc32.c fault.c format.c memory.c sentence.c string.c)
BOARD_SRC := $(addprefix boot/,record.c stop.c stage/enter.c)
# The loader's own beginning; and what some of its features share.
START_SRC := boot/loader.c
IN_RAM_SRC := boot/in_ram.c
KEEP_SRC := boot/keep.c

# Others' libraries, in their authors' folders: RSA and ECDSA signatures, SHA-1 and SHA-256; gzip.
BEARSSL_SRC := $(addprefix src/,codec/ccopy.c codec/dec32be.c codec/enc32be.c ec/ec_prime_i31.c ec/ec_secp256r1.c \
	ec/ec_secp384r1.c ec/ec_secp521r1.c ec/ecdsa_i31_bits.c ec/ecdsa_i31_vrfy_raw.c hash/sha1.c hash/sha2small.c \
	int/i31_add.c int/i31_bitlen.c int/i31_decmod.c int/i31_decode.c int/i31_encode.c int/i31_fmont.c \
	int/i31_iszero.c int/i31_modpow.c int/i31_modpow2.c int/i31_montmul.c int/i31_muladd.c int/i31_ninv31.c \
	int/i31_rshift.c int/i31_sub.c int/i31_tmont.c int/i32_div32.c \
	rsa/rsa_i31_pkcs1_vrfy.c rsa/rsa_i31_pub.c rsa/rsa_pkcs1_sig_unpad.c)
LIBDEFLATE_SRC := lib/deflate_decompress.c lib/gzip_decompress.c

RPMSG_SRC := $(addprefix rpmsg/,rpmsg.c rpmsg_link.c rpmsg_name.c rpmsg_session.c virtqueue.c)

# How device trees tell Linux of them, for the host alone.
CORE_TREE_SRC := driver/psci_tree.c

# The board's own, its drivers, and its architecture's code, but for what begins at the reset vector.
driver-src = $(wildcard $(foreach driver,$(1),driver/$(driver).[cS] doorbell/core/$(driver).c))
DRIVER_SRC := $(call driver-src,$(BOARD_DRIVERS))
OWN_SRC := $(wildcard boot/board/$(BOARD)/*.[cS]) $(addprefix boot/board/,$(BOARD_SHARES))
RESET_SRC := arch/$(BOARD_ARCH)/cold.S
ARCH_SRC := $(filter-out $(RESET_SRC),$(wildcard arch/$(BOARD_ARCH)/*.[cS]))

IN_NO_SET := $(filter-out $(BASE_SRC) $(ERROR_SRC) $(PROGRAM_SRC) $(FIT_SRC) $(STORAGE_SRC) $(PLAN_SRC) $(PLAN_FIT_SRC) \
	$(PLAN_SHOW_SRC) $(STAGE_SRC) $(STAGE_FIT_SRC) $(CONSOLE_SRC) $(BOARD_SRC) $(START_SRC) $(IN_RAM_SRC) $(KEEP_SRC) $(RPMSG_SRC), \
	$(wildcard base/*.c boot/*.c boot/image/*.c boot/plan/*.c boot/stage/*.c rpmsg/*.c))
ifneq ($(IN_NO_SET),)
$(error sources.mk: which set are they of? $(IN_NO_SET))
endif
