# SPDX-License-Identifier: BSD-2-Clause
#
# Host side: one sanitised archive of everything pure, and a test program for
# each test/unit/test_*.c. Then the Python tests: test/unit/*.py compare with
# other people's tools, test/boot/ boots QEMU.
#
# What a test needs besides the archive:
#	LDLIBS_test_X	libraries	(for build/test/unit/test_X)
#	NEEDS_test_X	files		(made before the test runs)
# A test/unit/host_X.c becomes the program build/test/unit/host_X for a Python test.

HOST_OBJ := $(BUILD)/host
HOST_LIB := $(HOST_OBJ)/libpeerboot.a
TEST_BUILD := $(BUILD)/test/unit
FIXTURES := $(BUILD)/test/fixtures

HOST_SRC := $(BASE_SRC) $(RESOURCE_TABLE_SRC) $(DOORBELL_SRC) $(FDT_SRC) $(PROGRAM_SRC) $(FIT_SRC) $(STORAGE_SRC) $(PLAN_SRC) $(PLAN_FIT_SRC) \
	$(PLAN_SHOW_SRC) $(RPMSG_SRC) $(FEATURE_PURE_SRC) $(MONITOR_PURE_SRC) $(LZ4_KERNEL).c \
	test/unit/features.c test/unit/monitor_platform.c test/unit/own_memory.c
LIBFDT_SRC := fdt.c fdt_ro.c fdt_rw.c fdt_wip.c fdt_overlay.c fdt_sw.c fdt_addresses.c fdt_strerror.c \
	fdt_empty_tree.c
HOST_LIB_OBJ := $(HOST_SRC:%.c=$(HOST_OBJ)/%.o) $(LIBFDT_SRC:%.c=$(HOST_OBJ)/libfdt/%.o)
# OpenSSL 3 calls its one-shot SHA functions deprecated; they are what fits a loader.
HOST_DEFINES := -DOPENSSL_SUPPRESS_DEPRECATED -DMONITOR_HOLD_BOOT=1

UNIT_TESTS := $(patsubst test/unit/%.c,$(TEST_BUILD)/%,$(sort $(wildcard test/unit/test_*.c)))
# board_data.c once for each board.
BOARD_TESTS := $(BOARDS:%=$(TEST_BUILD)/board-data/%)
UNIT_TESTS += $(BOARD_TESTS)
UNIT_PROGRAMS := $(patsubst test/unit/%.c,$(TEST_BUILD)/%,$(sort $(wildcard test/unit/host_*.c)))
UNIT_LDLIBS := -lcmocka -lcrypto -lbearssl -lz -ldeflate
UNIT_TIMEOUT ?= 120

$(HOST_OBJ)/%.o: %.c $(LIBRARY_SETTINGS)
	$(call step,HOSTCC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOST_CC) $(HOST_CFLAGS) $(HOST_DEFINES) $(HOST_SAN) -c -o $@ $<

$(HOST_OBJ)/$(LZ4_KERNEL).o: $(LZ4_HEADERS)
$(HOST_OBJ)/$(LZ4_KERNEL).o: HOST_CFLAGS += $(LZ4_INCLUDES)
$(HOST_OBJ)/monitor/sha256.o: HOST_CFLAGS += $(BEARSSL_PRIVATE)
# It adds 0 to a dictionary's address that is NULL.
$(HOST_OBJ)/$(LZ4_KERNEL).o: HOST_SAN += -fno-sanitize=pointer-overflow

# Not our code: its own warnings are its own.
$(HOST_OBJ)/libfdt/%.o: $(LIBFDT_DIR)/%.c fdt/build.mk $(LIBRARY_SETTINGS)
	$(call step,HOSTCC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOST_CC) -std=gnu11 -O1 -g -w $(DEPFLAGS) -I$(LIBFDT_DIR) $(HOST_SAN) -c -o $@ $<

$(HOST_LIB): $(HOST_LIB_OBJ)
	$(call step,AR,$@)
	$(Q)rm -f $@ && ar rcsP $@ $^

$(TEST_BUILD)/%: test/unit/%.c $(HOST_LIB) $(LINUX_SETTINGS)
	$(call step,HOSTLD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOST_CC) $(HOST_CFLAGS) $(HOST_DEFINES) -DFIXTURES='"$(FIXTURES)"' \
		-DKERNEL_IMAGE='"$(KERNEL_IMAGE)"' $(HOST_SAN) -MT $@ \
		-o $@ $< $(HOST_LIB) $(UNIT_LDLIBS) $(LDLIBS_$*)

$(BOARD_TESTS): $(TEST_BUILD)/board-data/%: test/unit/board_data.c $(HOST_LIB)
	$(call step,HOSTLD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOST_CC) $(HOST_CFLAGS) $(HOST_SAN) -DBOARD_MEMORY_MAP='"boot/board/$*/memory_map.h"' \
		-DARCH_LINK="\"arch/$$(sed -n 's/^BOARD_ARCH *:= *//p' boot/board/$*/board.mk)/link.inc\"" \
		-DBOARD_FOLDER='"$*"' -DBOARD_DATA='"boot/board/$*/board.c"' -MT $@ -o $@ $< $(HOST_LIB) $(UNIT_LDLIBS)

-include $(HOST_LIB_OBJ:.o=.d) $(UNIT_TESTS:=.d) $(UNIT_PROGRAMS:=.d)

# Fixtures: firmware by the target's compiler, boot images by plain mkimage.
FIRMWARE_CFLAGS := -std=gnu11 -Os -nostdlib -ffreestanding -mcpu=cortex-a15 -Wl,--build-id=none
FIRMWARE_DEPENDS := test/fixtures/firmware.c test/fixtures/firmware.ld

$(FIXTURES)/thumb.elf: FIRMWARE_STATE := -mthumb
$(FIXTURES)/arm.elf: FIRMWARE_STATE := -marm
$(FIXTURES)/thumb.elf $(FIXTURES)/arm.elf: $(FIRMWARE_DEPENDS)
	$(call step,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(FIRMWARE_CFLAGS) $(FIRMWARE_STATE) -T test/fixtures/firmware.ld -o $@ $<

FIT_FIXTURES := $(addprefix $(FIXTURES)/,inline.itb external.itb position.itb aligned.itb)

$(FIXTURES)/external.itb: FIT_FLAGS := -E
$(FIXTURES)/position.itb: FIT_FLAGS := -E -p 0x2000
$(FIXTURES)/aligned.itb: FIT_FLAGS := -E -B 0x200
$(FIT_FIXTURES): test/fixtures/boot.its $(FIXTURES)/thumb.elf
	$(call step,MKIMAGE,$@)
	$(Q)mkimage -D "-I dts -O dtb -i $(FIXTURES)" $(FIT_FLAGS) -f $< $@ >$@.log 2>&1 || \
		{ cat $@.log; exit 1; }

# Sentences, a line each.
NEEDS_test_sentence := $(FIXTURES)/sentences.packed
$(FIXTURES)/sentences: test/fixtures/sentences.txt
	$(Q)mkdir -p $(@D) && tr '\n' '\0' <$< >$@
$(FIXTURES)/sentences.packed: $(FIXTURES)/sentences tools/pack-sentences
	$(call step,PACK,$@)
	$(Q)tools/pack-sentences $< $@
$(TEST_BUILD)/test_sentence: $(FIXTURES)/sentences.packed

# Device trees as other tools make them; QEMU those of the boards that have one.
NEEDS_test_fdt_check := $(addprefix $(FIXTURES)/,virt.dtb part.dtb)
NEEDS_test_board_tree := $(NEEDS_test_fdt_check)
NEEDS_test_linux_tree := $(NEEDS_test_fdt_check)
NEEDS_test_linux_tree_monitor := $(NEEDS_test_fdt_check)
NEEDS_test_overlays := $(patsubst %,$(FIXTURES)/overlay-%.dtb,base first second nowhere)
NEEDS_test_manifest := $(FIXTURES)/manifest.dtb

$(FIXTURES)/%.dtb: test/fixtures/%.dts
	$(call step,DTC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)dtc -q $(DTC_FLAGS) -I dts -O dtb -o $@ $<

$(FIXTURES)/overlay-%.dtb: DTC_FLAGS := -@

$(BOARDS:%=$(FIXTURES)/%.dtb): $(FIXTURES)/%.dtb: boot/board/%/qemu.toml tools/dumpfdt tools/boards/__init__.py
	$(call step,QEMU,$@)
	$(Q)mkdir -p $(@D)
	$(Q)tools/dumpfdt --board $* -o $@

# Compressed by gzip and lz4, in all the ways that change the format. Several blocks of 64 KiB each.
COMPRESSED := $(FIXTURES)/compressed
PACK_large.gz := gzip -c -9 -n
PACK_small.gz := gzip -c -n
PACK_named.gz := gzip -c
PACK_large.lz4 := lz4 -q -c
PACK_large-linked.lz4 := lz4 -q -c -9 -B4 -BD --content-size
PACK_large-blocks.lz4 := lz4 -q -c -B4 -BX --content-size
PACK_large-bare.lz4 := lz4 -q -c -B4 --no-frame-crc
PACK_small.lz4 := lz4 -q -c
PACK_small-sized.lz4 := lz4 -q -c --content-size
PACK_random.lz4 := lz4 -q -c -B4 --content-size
COMPRESSED_FILES := $(addprefix $(COMPRESSED)/,$(patsubst PACK_%,%,$(filter PACK_%,$(.VARIABLES))))

$(COMPRESSED)/large $(COMPRESSED)/small $(COMPRESSED)/random:
	@mkdir -p $(@D)
	@seq -f "line %g of the small one" 50 >$(@D)/small && seq 30000 >$(@D)/large
	@seq 20000 | openssl enc -aes-128-ctr -K $(subst x,00000000,xxxx) -iv $(subst x,00000000,xxxx) >$(@D)/random

$(COMPRESSED_FILES): $(COMPRESSED)/large test/build.mk
	$(call step,PACK,$@)
	$(Q)$(PACK_$(@F)) $(@D)/$(basename $(firstword $(subst -, ,$(subst named,small,$(@F))))) >$@

NEEDS_test_decompression := $(COMPRESSED_FILES)
NEEDS_test_monitor_unpack := $(COMPRESSED_FILES)
LDLIBS_test_late_unpack := -llz4

# Legacy images: firmware as raw data and as ELF, a kernel, and what is not taken.
UIMAGES := $(patsubst %,$(FIXTURES)/%.uimage,raw elf kernel multi gzip)
UIMAGE_KERNEL := -T kernel -a 0x42000000 -e 0x42000000 -d $(KERNEL_IMAGE)

$(FIXTURES)/firmware.raw: $(FIXTURES)/thumb.elf
	$(call step,OBJCOPY,$@)
	$(Q)$(TARGET_OBJCOPY) -O binary -j .text $< $@

$(FIXTURES)/raw.uimage: UIMAGE_FLAGS := -T standalone -a 0x5c000000 -e 0x5c000005 -d $(FIXTURES)/firmware.raw
$(FIXTURES)/elf.uimage: UIMAGE_FLAGS := -T firmware -d $(FIXTURES)/thumb.elf
$(FIXTURES)/kernel.uimage: UIMAGE_FLAGS = $(UIMAGE_KERNEL)
$(FIXTURES)/gzip.uimage: UIMAGE_FLAGS = -C gzip $(UIMAGE_KERNEL)
$(FIXTURES)/multi.uimage: UIMAGE_FLAGS = -T multi -d $(FIXTURES)/firmware.raw:$(FIXTURES)/thumb.elf
$(UIMAGES): $(FIXTURES)/firmware.raw $(LINUX_SETTINGS)
	$(call step,MKIMAGE,$@)
	$(Q)mkimage -A arm -O linux -C none $(UIMAGE_FLAGS) $@ >$@.log 2>&1 || { cat $@.log; exit 1; }

NEEDS_test_uimage := $(UIMAGES)
NEEDS_test_elf := $(FIXTURES)/thumb.elf $(FIXTURES)/arm.elf
NEEDS_test_fit := $(FIT_FIXTURES) $(FIXTURES)/thumb.elf

# Keys of every kind that may sign, made anew for each build folder, and a boot image signed with
# each.
KEYS := $(FIXTURES)/keys
SIGNERS := rsa2048 rsa3072 rsa4096 ecdsa256
KEY_FILES := $(patsubst %,$(KEYS)/%.crt,$(filter rsa%,$(SIGNERS)) stranger) $(KEYS)/ecdsa256.pem
SIGNED := $(patsubst %,$(FIXTURES)/signed-%.itb,$(SIGNERS) external twice sha1 pss partly)

$(KEYS)/%.crt: KEY_BITS = $(patsubst rsa%,%,$*)
$(KEYS)/stranger.crt: KEY_BITS := 2048
$(KEYS)/%.crt:
	$(call step,KEY,$@)
	$(Q)mkdir -p $(@D) && openssl req -batch -x509 -newkey rsa:$(KEY_BITS) -nodes -subj /CN=$* -days 36500 \
		-keyout $(@:.crt=.key) -out $@ 2>$@.log || { cat $@.log; exit 1; }
$(KEYS)/%.pem:
	$(call step,KEY,$@)
	$(Q)mkdir -p $(@D) && openssl ecparam -genkey -noout -name prime256v1 -out $@

$(FIXTURES)/signed-%.its: SIGNER = $*
$(FIXTURES)/signed-%.its: ALGORITHM = sha256,$(SIGNER)
$(addprefix $(FIXTURES)/signed-,external.its twice.its sha1.its pss.its partly.its): SIGNER := rsa2048
$(FIXTURES)/signed-sha1.its: ALGORITHM := sha1,rsa2048
$(FIXTURES)/signed-pss.its: EDIT := s/key-name/padding = "pss"; key-name/
$(FIXTURES)/signed-twice.its: EDIT := s/signature-1 {/signature-2 { algo = "sha256,rsa4096"; \
	key-name-hint = "rsa4096"; sign-images = "manifest", "kernel", "loadables"; }; &/
$(FIXTURES)/signed-partly.its: EDIT := s/, "loadables"//
$(FIXTURES)/signed-%.its: test/fixtures/signed.its test/build.mk
	@mkdir -p $(@D)
	@sed 's/ALGORITHM/$(ALGORITHM)/; s/KEY/$(SIGNER)/; $(EDIT)' $< >$@

$(FIXTURES)/signed-external.itb: FIT_FLAGS := -E
$(SIGNED): %.itb: %.its $(KEY_FILES)
	$(call step,MKIMAGE,$@)
	$(Q)mkimage $(FIT_FLAGS) -f $< -k $(KEYS) $@ >$@.log 2>&1 || { cat $@.log; exit 1; }

# The public keys, side by side. mkimage marks with -r those that have to sign, but not ECDSA's.
$(KEYS)/keys.dtb: $(DEVELOPMENT_KEYS)/keys.its $(KEY_FILES)
	$(call step,MKIMAGE,$@)
	$(Q)echo '/dts-v1/; / { signature { required-mode = "any"; }; };' | dtc -q -I dts -O dtb -o $@.partial
	$(Q)for key in $(SIGNERS); do \
		sed "s/rsa2048/$$key/; s/development/$$key/" $< >$@.its && \
		mkimage -f $@.its -k $(KEYS) -K $@.partial -r $@.itb >$@.log 2>&1 || \
			{ cat $@.log; exit 1; }; \
	done
	$(Q)fdtput -t s $@.partial /signature/ecdsa256 required conf && mv $@.partial $@

# A loader with these keys, for the tests that boot.
LOADER_FEATURES_$(BOARD)-test := $(filter-out attach devices interrupts $(BOARD_LACKS),$(FEATURE_NAMES)) # its keys take the room
LOADER_LIMIT_$(BOARD)-test := $(BOARD_FULL_FLASH_LIMIT)
LOADER_KEYS_$(BOARD)-test := $(KEYS)/keys.dtb
LOADER_MINIMUM_$(BOARD)-test := 2
LOADER_CONSOLE_$(BOARD)-test := now
$(eval $(call loader-rules,$(BOARD)-test))

# And one with what has to do with formats alone, for boot images that need no signature.
LOADER_FEATURES_$(BOARD)-unpack := $(sort $(BOARD_FEATURES) $(DEFAULT_FEATURES) decompression overlays)
LOADER_LIMIT_$(BOARD)-unpack := $(BOARD_FULL_FLASH_LIMIT)
$(eval $(call loader-rules,$(BOARD)-unpack))
# And one with its own watchdog, which waits for somebody to send a boot image.
LOADER_FEATURES_$(BOARD)-watchdog := recovery $(BOARD_FEATURES)
LOADER_LIMIT_$(BOARD)-watchdog := $(BOARD_FULL_FLASH_LIMIT)
LOADER_WATCHDOG_$(BOARD)-watchdog := 2
LOADER_CONSOLE_$(BOARD)-watchdog := now
$(eval $(call loader-rules,$(BOARD)-watchdog))
# A board that is like another runs only the tests of what that one has not: of these loaders it needs the
# first one, for tests of slots, if its storage is of another kind.
STORAGE_DRIVERS := sdhci cfi_intel
STORAGE_OF_ITS_OWN = $(filter-out $(call board-says,$(BOARD_IS_LIKE),BOARD_DRIVERS),$(filter $(STORAGE_DRIVERS),$(BOARD_DRIVERS)))
TEST_LOADERS := $(if $(BOARD_IS_LIKE),$(if $(STORAGE_OF_ITS_OWN),test),test unpack $(if $(BOARD_WATCHDOG),watchdog))
PORT_NEEDS := $(patsubst %,$(BUILD)/$(BOARD)-%/peerboot.bin,$(TEST_LOADERS)) \
	$(if $(filter monitor,$(BOARD_LACKS)),,$(KILLER_BUILD)/killer.ko)
BOOT_NEEDS := $(PORT_NEEDS) $(SLOW_BUILD)/initramfs.cpio.gz

# Another kernel of Debian's beside the demo's. What was said of the demo's kernel is not said of it.
OTHER_KERNEL ?= rt-$(KERNEL_DEFAULT)
OTHER_LINUX := $(BUILD)/test/other-kernel$(OF_ARCH)
BOOT_NEEDS += other-kernel

.PHONY: other-kernel
other-kernel:
	$(Q)env -u KERNEL_RELEASE -u KERNEL_IMAGE -u KERNEL_MODULES -u KERNEL_TREES -u KERNEL_HEADERS -u KERNEL_SOURCE \
		MAKEFLAGS= $(MAKE) --no-print-directory BUILD=$(BUILD) CACHE=$(CACHE) BOARD=$(BOARD) V=$(V) \
		KERNEL=$(OTHER_KERNEL) LINUX_BUILD=$(OTHER_LINUX) $(OTHER_LINUX)/$(LINUX_KERNEL) $(OTHER_LINUX)/initramfs.cpio.gz

NEEDS_test_signature := $(KEYS)/keys.dtb $(SIGNED)

# Runs one program; its summary on one line if it passes, all that it said if not.
define run-unit-test
log=$$test.log; \
if timeout $(UNIT_TIMEOUT) $$test >$$log 2>&1; then \
	printf '  %-8s %-28s %s\n' TEST $${test##*/} "$$(grep -a PASSED $$log | tail -n 1)"; \
else \
	echo "  FAIL     $$test: exit status $$?"; cat $$log; failed="$$failed $${test##*/}"; \
fi
endef

.PHONY: check check-another check-quick check-port check-unit check-boot soak campaign test-programs
# The host's command with a board that is nowhere else: more than one cluster.
CLUSTERS := $(HOST_TOOL)/clusters
CLUSTERS_OBJ := $(CLUSTERS)/boards.o $(CLUSTERS)/loader.o $(CLUSTERS)/board.o
$(CLUSTERS_OBJ): CLUSTERS_CC = $(HOST_CC) $(HOST_TOOL_CFLAGS) -O1 -g $(HOST_SAN) -c -o $@ $<

$(CLUSTERS)/boards.o: tools/peerboot/boards.c $(LIBRARY_SETTINGS)
	$(call step,HOSTCC,$@)
	$(Q)mkdir -p $(@D) && $(CLUSTERS_CC) -DBOARDS='X(clusters)'

# It has all features.
$(CLUSTERS)/loader.o: tools/peerboot/loader.c $(LIBRARY_SETTINGS)
	$(call step,HOSTCC,$@)
	$(Q)mkdir -p $(@D) && $(CLUSTERS_CC) -D_GNU_SOURCE -DLOADERS='{"clusters","clusters","$(FEATURE_NAMES)"},'

$(CLUSTERS)/board.o: test/fixtures/clusters/board.c $(LIBRARY_SETTINGS)
	$(call step,HOSTCC,$@)
	$(Q)mkdir -p $(@D) && $(CLUSTERS_CC)
	$(Q)objcopy $(foreach s,board __odr_asan.board,--redefine-sym $(s)=$(s)_clusters) $@

CLUSTERS_REST := $(filter-out %/peerboot/boards.o %/peerboot/loader.o $(HOST_TOOL)/sanitized/obj/boards/%,$(HOST_TOOL_OBJ:%=$(HOST_TOOL)/sanitized/obj/%))
$(CLUSTERS)/peerboot: $(CLUSTERS_OBJ) $(CLUSTERS_REST) | $(CLUSTERS)/peerboot-map
	$(call step,HOSTLD,$@)
	$(Q)$(HOST_CC) $(HOST_SAN) $(HOST_LDFLAGS) -o $@ $^ $(HOST_TOOL_LIBS)

-include $(CLUSTERS_OBJ:.o=.d)

# What the tests of the host's command need.
test-programs: $(HOST_TOOL)/sanitized/peerboot $(CLUSTERS)/peerboot $(patsubst %,$(FIXTURES)/%.dtb,$(DEFAULT_BOARD) versal)
test-programs: $(UNIT_TESTS) $(UNIT_PROGRAMS) $(foreach t,$(UNIT_TESTS),$(NEEDS_$(notdir $(t))))

check-unit: test-programs ## run the host unit tests (cmocka, ASan and UBSan)
	$(Q)failed=; for test in $(UNIT_TESTS); do $(run-unit-test); done; \
	if [ "$$failed" ]; then echo "unit tests failed:$$failed"; exit 1; fi; \
	echo "$(words $(UNIT_TESTS)) unit test programs passed"

# Two boots at a time where there are two processors: each test has its own QEMU and files.
PYTEST_JOBS ?= $(shell n=$$(nproc); echo $$((n < 2 ? n : 2)))
pytest = PEERBOOT_BOARD=$(BOARD) $(PYTHON) -m pytest -n $(PYTEST_JOBS) --dist loadgroup $(PYTEST_FLAGS)

check-boot: $(ALL) $(BOOT_NEEDS) ## run the tests that boot QEMU
	$(call step,PYTEST,test/boot)
	$(Q)$(pytest) test/boot

# Campaigns that take long: every end of every link, in every way, started anew so often in a row.
SOAK_RESTARTS ?= 1000
SOAK_BOOTS ?= 100

soak: $(ALL) $(BOOT_NEEDS) ## start every end of a link, and what a monitor can, anew SOAK_RESTARTS (1000) times, in every way
	$(call step,PYTEST,test/boot/test_restart.py)
	$(Q)RESTARTS=$(SOAK_RESTARTS) BOOTS=$(SOAK_BOOTS) $(pytest) -v test/boot/test_boots.py test/boot/test_restart.py \
		test/boot/test_life.py test/boot/soak_*.py

# Boot images damaged in so many ways, which these two choose; `make check` does a tenth of it.
SEED ?= 1
COUNT ?= 500

campaign: $(BUILD)/$(BOARD)-full/peerboot.bin ## damage signed boot images in COUNT (500) ways, chosen by SEED (1), and boot each
	$(call step,CAMPAIGN,$(COUNT) of seed $(SEED))
	$(Q)PEERBOOT_BOARD=$(BOARD) test/boot/campaign/run --loader $< --seed $(SEED) --count $(COUNT) --jobs $(PYTEST_JOBS)

# Without BOARD on the command line: all that one board has, and of others what is not the same for all.
# The host's tests take their boot images from that one board.
OTHER_BOARDS := $(if $(BOARD_IS_GIVEN),,$(filter-out $(BOARD),$(BOARDS)))
ifneq ($(filter budgets,$(MAKECMDGOALS)),)
$(if $(OTHER_BOARDS),$(info budgets: builds all loaders of $(words $(BOARDS)) boards first, which takes some minutes; with BOARD= of one alone))
endif
ifeq ($(BOARD),$(DEFAULT_BOARD))
HOST_CHECKS := lint check-unit check-model check-fuzz
HOST_PYTESTS := test/unit
endif

check: $(ALL) $(BOOT_NEEDS) $(HOST_CHECKS) ## install what is missing, build, lint and run every test: on all boards, or on BOARD
	$(if $(HOST_CHECKS),$(Q)echo 'Fuzzed for a moment:'; cat $(FUZZ_TABLE); \
		echo 'Power cut at every operation on the flash:'; grep -av '^\[' $(TEST_BUILD)/test_slots_power.log)
	$(Q)echo 'What the loaders take:'; $(print-sizes)
	$(call step,PYTEST,$(HOST_PYTESTS) test/boot on $(BOARD))
	+$(Q)failed=; $(compare-budgets) || failed="$(BOARD)'s budgets"; $(pytest) $(HOST_PYTESTS) test/boot || failed="$$failed $(BOARD)"; \
	for board in $(OTHER_BOARDS); do $(MAKE_OTHER) BOARD=$$board check-another || failed="$$failed $$board"; done; \
	if [ "$$failed" ]; then echo "tests failed on: $$failed"; exit 1; fi

check-another: $(ALL) $(PORT_NEEDS) ## run the tests of BOARD that are no other board's as well
	$(Q)echo 'What the loaders take:'; $(print-sizes)
	$(call step,PYTEST,test/boot on $(BOARD))
	$(Q)within=true; $(compare-budgets) || within=false; $(pytest) -m 'not once' test/boot && $$within

check-port: $(ALL) $(PORT_NEEDS) ## run the first tests for a port to BOARD
	$(Q)echo 'What the loaders take:'; $(print-sizes)
	$(call step,PYTEST,test/boot on $(BOARD))
	$(Q)$(pytest) -m port test/boot

check-quick: $(filter lint check-unit,$(HOST_CHECKS)) check-port ## lint, host unit tests and check-port: what to run before each commit
