# SPDX-License-Identifier: BSD-2-Clause
#
# The monitor: $(BUILD)/$(BOARD)/monitor.bin, which a loader with the feature has inside and copies to
# Secure RAM. Linked apart from it, so that what stays is what is here. BOARD_MONITOR_DRIVERS: of driver/,
# BOARD_MONITOR_SHARES: of another board's folder.

MONITOR_PURE_SRC := $(addprefix monitor/,call.c core.c hold_boot.c life.c lock.c psci.c record.c renew.c sha256.c \
	slots.c unpack.c watchdog.c)
BEARSSL_PRIVATE = $(addprefix -isystem $(BEARSSL_DIR)/,inc src)
ifneq ($(BOARD_MONITOR_DRIVERS),)
MONITOR := $(BOARD_BUILD)/monitor
MONITOR_SRC := $(MONITOR_PURE_SRC) $(addprefix boot/feature/slots/,policy.c state.c) monitor/bytes.c monitor/main.c base/range.c boot/string.c \
	$(wildcard arch/$(BOARD_ARCH)/monitor/*.[cS]) arch/$(BOARD_ARCH)/cache.S arch/$(BOARD_ARCH)/gic.c $(call driver-src,$(BOARD_MONITOR_DRIVERS)) \
	$(wildcard boot/board/$(BOARD)/monitor/*.c) $(addprefix boot/board/,$(BOARD_MONITOR_SHARES))
MONITOR_SHA256 := $(addprefix src/,codec/dec32be.c hash/sha2small.c)
MONITOR_OBJ := $(addsuffix .o,$(basename $(MONITOR_SRC:%=$(MONITOR)/%))) $(MONITOR_SHA256:%.c=$(MONITOR)/bearssl/%.o)
# Where there is no MMU, nothing may be read unaligned (ARCH_MONITOR_CFLAGS); and no register is used that was
# not saved. Linked as one program it is an eleventh smaller.
MONITOR_CODE = -ffreestanding -mgeneral-regs-only $(ARCH_MONITOR_CFLAGS) -fno-tree-loop-distribute-patterns \
	-fno-inline-small-functions -fno-move-loop-invariants -fno-tree-loop-im -fno-schedule-insns2 -flto
MONITOR_CFLAGS = $(TARGET_CFLAGS) $(LIBRARY_HEADERS) $(BOARD_DEFINES) $(MONITOR_DEFINES) -fno-common $(MONITOR_CODE)
# Calls that Linux makes where it has the driver.
MONITOR_DEFINES = -DMONITOR_HOLD_BOOT=$(if $(filter stm32,$(BOARD_LACKS)),0,1)
# The compiler knows these by name, and calls them when it is too late for the link to see.
$(MONITOR)/monitor/bytes.o $(MONITOR)/boot/string.o: MONITOR_CFLAGS += -fno-lto

$(MONITOR)/%.o: %.c $(CODE_SETTINGS)
	$(call step,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(MONITOR_CFLAGS) -c -o $@ $<

# What it takes of BearSSL is not in that one's public headers.
$(MONITOR)/monitor/sha256.o: MONITOR_CFLAGS += $(BEARSSL_PRIVATE)

# Not our code: its own warnings are its own.
$(MONITOR)/bearssl/%.o: $(BEARSSL_DIR)/%.c $(CODE_SETTINGS)
	$(call step,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(MONITOR_CFLAGS) -w -I$(BEARSSL_DIR)/inc -I$(BEARSSL_DIR)/src -c -o $@ $<

$(MONITOR)/%.o: %.S $(CODE_SETTINGS)
	$(call step,AS,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CC) $(TARGET_CFLAGS) $(BOARD_DEFINES) -c -o $@ $<

$(MONITOR)/monitor.ld: ldscripts/monitor.ld.S ldscripts/elf.ld.S arch/$(BOARD_ARCH)/link.inc $(BOARD_MAPS)
	$(call step,CPP,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(TARGET_CPP) -P -undef -x assembler-with-cpp -I. $(BOARD_DEFINES) \
		-DMONITOR_LIMIT=$(BOARD_MONITOR_LIMIT) -o $@ $<

$(MONITOR).elf: $(MONITOR_OBJ) $(MONITOR)/monitor.ld
	$(call step,LD,$@)
	$(Q)$(TARGET_CC) $(BOARD_CFLAGS) $(ARCH_BARE) -Os $(MONITOR_CODE) $(ARCH_LDFLAGS) -ffunction-sections -nostdlib -static -T $(MONITOR)/monitor.ld -Wl,--gc-sections \
		-Wl,-z,noexecstack -Wl,--orphan-handling=error $(FATAL_WARNINGS) -Wl,-Map,$(@:.elf=.map) \
		-o $@ $(MONITOR_OBJ)

$(MONITOR).bin: $(MONITOR).elf
	$(call step,OBJCOPY,$@)
	$(Q)$(TARGET_OBJCOPY) -O binary $< $@

ALL += $(MONITOR).bin
-include $(MONITOR_OBJ:.o=.d)
endif
