# SPDX-License-Identifier: BSD-2-Clause
#
# Fuzzing: a libFuzzer program for each test/fuzz/fuzz_*.c, over the same sources as the unit tests,
# compiled once more for coverage. Seeds are made from the fixtures (make_seeds).

FUZZ_BUILD := $(BUILD)/fuzz
FUZZ_TARGETS := $(patsubst test/fuzz/fuzz_%.c,%,$(sort $(wildcard test/fuzz/fuzz_*.c)))
FUZZ_PROGRAMS := $(FUZZ_TARGETS:%=$(FUZZ_BUILD)/fuzz_%)
FUZZ_SEEDS := $(FUZZ_TARGETS:%=$(FUZZ_BUILD)/seeds/%)
FUZZ_CC ?= clang
FUZZ_SAN := $(HOST_SAN) -fsanitize=fuzzer-no-link
# clang's own opinions: both operands are to be evaluated where images/lib says |.
FUZZ_CFLAGS := -DFIXTURES='"$(FIXTURES)"' -Wno-bitwise-instead-of-logical \
	-Wno-gnu-variable-sized-type-not-at-end # a table's entry in a struct, as GCC takes it
FUZZ_LIB := $(FUZZ_BUILD)/libpeerboot.a
FUZZ_LIB_OBJ := $(patsubst $(HOST_OBJ)/%,$(FUZZ_BUILD)/obj/%,$(HOST_LIB_OBJ)) \
	$(patsubst %.c,$(FUZZ_BUILD)/obj/%.o,test/fuzz/fuzz.c test/fuzz/mutate.c \
	test/fuzz/hostile.c test/fuzz/ring.c boot/board/$(BOARD)/board.c)
# How inputs are changed is of no interest itself.
$(FUZZ_BUILD)/obj/test/fuzz/mutate.o $(FUZZ_BUILD)/obj/test/fuzz/fuzz.o: FUZZ_SAN := $(HOST_SAN)

# Memory that changes under it: hostile.h.
$(FUZZ_BUILD)/obj/images/lib/%.o: FUZZ_SAN += -fsanitize-coverage=trace-loads,trace-stores

# What the short run has said.
FUZZ_TABLE := $(FUZZ_BUILD)/check.txt
FUZZ_SECONDS ?= 3600
# The short run: so many inputs of each target, always the same ones. The slow ones get fewer.
FUZZ_RUNS ?= 100000
FUZZ_RUNS_fit := 10000
FUZZ_RUNS_linux_tree := 3000
FUZZ_RUNS_gzip := 20000
FUZZ_RUNS_lz4 := 10000
FUZZ_RUNS_overlays := 10000
FUZZ_RUNS_plan := 20000
FUZZ_RUNS_ring_driver := 10000
FUZZ_RUNS_rpmsg := 2000
FUZZ_RUNS_signature := 10000
FUZZ_RUNS_ring_device := 10000
FUZZ_RUNS_ymodem := 2000

# libfdt is not what is looked for new ways in: no coverage of it, and that is thrice as fast.
$(FUZZ_BUILD)/obj/libfdt/%.o: $(LIBFDT_DIR)/%.c fdt/build.mk $(LIBRARY_SETTINGS)
	$(call step,FUZZCC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(FUZZ_CC) -std=gnu11 -O2 -g -w $(DEPFLAGS) $(FDT_ASSUME) -I$(LIBFDT_DIR) $(HOST_SAN) -c -o $@ $<

$(FUZZ_BUILD)/obj/%.o: %.c $(LIBRARY_SETTINGS)
	$(call step,FUZZCC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(FUZZ_CC) $(HOST_CFLAGS) $(HOST_DEFINES) $(FUZZ_CFLAGS) $(FUZZ_SAN) -c -o $@ $<

$(FUZZ_BUILD)/obj/$(LZ4_KERNEL).o: $(LZ4_HEADERS)
$(FUZZ_BUILD)/obj/$(LZ4_KERNEL).o: HOST_CFLAGS += $(LZ4_INCLUDES)
$(FUZZ_BUILD)/obj/monitor/sha256.o: HOST_CFLAGS += $(BEARSSL_PRIVATE)
$(FUZZ_BUILD)/obj/$(LZ4_KERNEL).o: FUZZ_SAN += -fno-sanitize=pointer-overflow

$(FUZZ_LIB): $(FUZZ_LIB_OBJ)
	$(call step,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

# fuzz.o is named, since nothing but libFuzzer calls what is in it; likewise mutate.o.
$(FUZZ_PROGRAMS): $(FUZZ_BUILD)/fuzz_%: $(FUZZ_BUILD)/obj/test/fuzz/fuzz_%.o $(FUZZ_LIB)
	$(call step,FUZZLD,$@)
	$(Q)$(FUZZ_CC) $(FUZZ_SAN) -fsanitize=fuzzer -o $@ $< \
		$(FUZZ_BUILD)/obj/test/fuzz/fuzz.o $(FUZZ_BUILD)/obj/test/fuzz/mutate.o \
		$(FUZZ_LIB) $(UNIT_LDLIBS)

FUZZ_FIXTURES := $(sort $(foreach t,$(UNIT_TESTS),$(NEEDS_$(notdir $(t)))))

$(FUZZ_SEEDS): $(FUZZ_BUILD)/seeds/%: test/fuzz/make_seeds $(FUZZ_FIXTURES) $(IMAGE_DIR)/echo-b.elf \
		$(DEMO_BUILD)/manifest.dtb
	$(call step,SEEDS,$@)
	$(Q)rm -rf $@ && $(PYTHON) test/fuzz/make_seeds $* $@ $(FIXTURES) && touch $@

-include $(FUZZ_LIB_OBJ:.o=.d) $(FUZZ_TARGETS:%=$(FUZZ_BUILD)/obj/test/fuzz/fuzz_%.d)

.PHONY: fuzz check-fuzz fuzz-programs
.SECONDARY: $(FUZZ_TARGETS:%=$(FUZZ_BUILD)/obj/test/fuzz/fuzz_%.o)
fuzz-programs: $(FUZZ_PROGRAMS) $(FUZZ_SEEDS)

check-fuzz: fuzz-programs ## run every fuzz target for a few seconds, always alike
	$(call step,FUZZ,$(words $(FUZZ_TARGETS)) targets)
	$(Q)test/fuzz/run --build $(BUILD) --runs $(FUZZ_RUNS) \
		$(foreach t,$(FUZZ_TARGETS),$t$(if $(FUZZ_RUNS_$t),=$(FUZZ_RUNS_$t))) | tee $(FUZZ_TABLE)

fuzz: fuzz-programs ## fuzz for hours: FUZZ_SECONDS (3600) a target
	$(Q)test/fuzz/run --build $(BUILD) --seconds $(FUZZ_SECONDS) $(FUZZ_TARGETS)
