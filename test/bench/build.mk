# SPDX-License-Identifier: BSD-2-Clause
#
# Instructions counted under QEMU's -icount, ours and U-Boot's.

# Messages between two ends in one program on one core, which QEMU boots by itself: with rpmsg/ compiled
# for speed, in Arm state where there are two, and as it is in the library.
BENCH_ECHO := $(BUILD)/$(BOARD)/bench/echo
BENCH_ECHO_FAST := -O2 $(if $(filter armv7-a,$(BOARD_IMAGE_ARCH)),-marm)
BENCH_ECHO_OBJ := $(addprefix $(BENCH_ECHO)/obj/test/bench/rpmsg/,echo.o $(BOARD_IMAGE_ARCH).o)
BENCH_RPMSG_OBJ := $(RPMSG_SRC:%.c=$(BENCH_ECHO)/obj/%.o)

$(BENCH_ECHO)/obj/%.o: %.c $(CODE_SETTINGS)
	$(call step,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(IMAGE_CC) $(IMAGE_CFLAGS) $(BENCH_ECHO_FAST) -c -o $@ $<

$(BENCH_ECHO)/obj/%.o: %.S $(CODE_SETTINGS)
	$(call step,AS,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(IMAGE_CC) $(IMAGE_CFLAGS) -c -o $@ $<

$(BENCH_ECHO)/fast.elf: $(BENCH_ECHO_OBJ) $(BENCH_RPMSG_OBJ)
$(BENCH_ECHO)/library.elf: $(BENCH_ECHO_OBJ)
$(BENCH_ECHO)/%.elf: $(IMAGE_LIB) $(IMAGE_DIR)/obj/echo-b/image.ld
	$(call step,LD,$@)
	$(Q)$(IMAGE_CC) $(IMAGE_LDFLAGS) -T $(IMAGE_DIR)/obj/echo-b/image.ld -o $@ $(filter %.o,$^) $(IMAGE_LIB) $(ARCH_IMAGE_LIBS)

-include $(BENCH_ECHO_OBJ:.o=.d) $(BENCH_RPMSG_OBJ:.o=.d)

# Of each core by itself.
PER_CORE := $(BUILD)/$(BOARD)/bench/per_core.so
$(PER_CORE): test/bench/per_core.c
	$(call step,HOSTCC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOST_CC) -std=gnu11 -O2 $(WARNINGS) -fPIC -shared -fvisibility=hidden -o $@ $<

# What these take at most (test/bench/budgets.toml), which `make check` looks at.
BENCH_NEEDS := $(ALL) $(PER_CORE) $(if $(shell grep '^machine = "virt,secure=off' boot/board/$(BOARD)/qemu.toml 2>/dev/null),\
	$(BENCH_ECHO)/fast.elf $(BENCH_ECHO)/library.elf)
compare-budgets = PEERBOOT_BOARD=$(BOARD) PEERBOOT_BUILD=$(BUILD) $(PYTHON) test/bench/budgets.py

check check-another: $(BENCH_NEEDS)

.PHONY: budgets
budgets: $(BENCH_NEEDS) ## compare bytes and instructions with their budgets: of all boards, or of BOARD
	$(Q)$(compare-budgets)
	+$(Q)for board in $(OTHER_BOARDS); do $(MAKE_OTHER) BOARD=$$board budgets || exit 1; done

.PHONY: bench
bench: $(BENCH_NEEDS) ## count instructions from reset to the peers and to Linux: of all boards, or of BOARD
	$(call step,BENCH,$(BOARD))
	$(Q)PEERBOOT_BOARD=$(BOARD) PEERBOOT_BUILD=$(BUILD) $(PYTHON) test/bench/bench.py
	+$(Q)for board in $(OTHER_BOARDS); do $(MAKE_OTHER) BOARD=$$board bench || exit 1; done

TIMELINE := $(BUILD)/$(BOARD)/timeline

.PHONY: timeline
timeline: $(ALL) ## draw a boot: one lane a core, from reset to the first message of each link, as SVG
	$(call step,TIMELINE,$(TIMELINE).svg)
	$(Q)PEERBOOT_BOARD=$(BOARD) PEERBOOT_BUILD=$(BUILD) $(PYTHON) test/bench/record_boot.py >$(TIMELINE).txt
	$(Q)$(PYTHON) tools/timeline --title 'Linux, b and c on $(BOARD)' -o $(TIMELINE).svg $(TIMELINE).txt

.PHONY: growth
growth: $(ALL) ## count what a larger image or tree, more contexts or links cost a boot, and draw it as SVG
	$(call step,GROWTH,$(BUILD)/$(BOARD)/growth.svg)
	$(Q)PEERBOOT_BOARD=$(BOARD) PEERBOOT_BUILD=$(BUILD) $(PYTHON) test/bench/growth.py -o $(BUILD)/$(BOARD)/growth.svg
