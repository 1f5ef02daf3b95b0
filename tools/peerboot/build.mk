# SPDX-License-Identifier: BSD-2-Clause
#
# peerboot on the host: $(HOST_TOOL)/peerboot, and the same under the sanitizers in
# $(HOST_TOOL)/sanitized/ for the tests. All of the loader but what only a board has.
#

HOST_TOOL := $(BUILD)/host-tool

HOST_TOOL_SRC := $(wildcard tools/peerboot/*.c tools/peerboot/closer/*.c) $(CORE_TREE_SRC) $(BASE_SRC) $(PROGRAM_SRC) $(FIT_SRC) $(STORAGE_SRC) $(PLAN_SRC) $(PLAN_FIT_SRC) \
	$(STAGE_SRC) $(STAGE_FIT_SRC) $(RESOURCE_TABLE_SRC) $(DOORBELL_SRC) $(FDT_SRC) $(FEATURE_PURE_SRC) boot/feature/signature/check.c
HOST_TOOL_BOARDS := $(sort $(notdir $(patsubst %/board.c,%,$(wildcard boot/board/*/board.c))))
# Names of boards as C knows them: BOARDS in boards.c is X(first) X(second) …
HOST_TOOL_BOARD_LIST := $(foreach b,$(subst -,_,$(HOST_TOOL_BOARDS)),X($(b)))

# Loaders by name: {"BOARD-small","BOARD",""}, {"BOARD-slots","BOARD","overlays slots"} …
HOST_TOOL_LOADERS := $(foreach b,$(BOARDS),$(foreach l,$(LOADERS_$(b)),{"$(l)","$(b)","$(LOADER_FEATURES_$(l))"},))
HOST_TOOL_SETTINGS := $(BUILD)/settings/host-tool
$(eval $(call settings,$(HOST_TOOL_SETTINGS),HOST_TOOL_LOADERS HOST_TOOL_BOARD_LIST))

HOST_TOOL_LIBS := -lbearssl -lz -ldeflate
# LZ4's decoder is what the loader has, or liblz4's where there is no kernel's source.
ifneq ($(LZ4_SOURCE),)
HOST_TOOL_SRC += $(LZ4_KERNEL).c
else
HOST_TOOL_SRC += tools/peerboot/lz4/host.c
HOST_TOOL_LIBS += -llz4
endif

HOST_TOOL_OBJ := $(HOST_TOOL_SRC:%.c=%.o) $(HOST_TOOL_BOARDS:%=boards/%.o) \
	$(patsubst $(LIBFDT_DIR)/%.c,libfdt/%.o,$(FDT_LIBFDT_SRC))
# What the loader writes in a record is cut off where it must be.
HOST_TOOL_CFLAGS = -std=gnu11 $(WARNINGS) $(NO_FOLDER) -Wno-format-truncation -I. $(LIBFDT_HEADERS) $(DEPFLAGS) $(HOST_DEFINES) \
	$(VERSION_DEFINES)

# $(1) folder, $(2) flags
define host-tool-rules
$(1)/obj/%.o: %.c $(LIBRARY_SETTINGS)
	$$(call step,HOSTCC,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(HOST_CC) $$(HOST_TOOL_CFLAGS) $(2) -c -o $$@ $$<

$(1)/obj/$(LZ4_KERNEL).o: $(LZ4_HEADERS)
$(1)/obj/$(LZ4_KERNEL).o: private HOST_TOOL_CFLAGS += $(LZ4_INCLUDES)

$(1)/obj/tools/peerboot/loader.o $(1)/obj/tools/peerboot/boards.o: $(HOST_TOOL_SETTINGS)
$(1)/obj/tools/peerboot/map.o: HOST_TOOL_CFLAGS += -D_GNU_SOURCE
$(1)/obj/tools/peerboot/loader.o: HOST_TOOL_CFLAGS += -D_GNU_SOURCE -DLOADERS='$(HOST_TOOL_LOADERS)'
$(1)/obj/tools/peerboot/boards.o: HOST_TOOL_CFLAGS += -DBOARDS='$(HOST_TOOL_BOARD_LIST)'

$(1)/obj/boards/%.o: boot/board/%/board.c $(LIBRARY_SETTINGS)
	$$(call step,HOSTCC,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(HOST_CC) $$(HOST_TOOL_CFLAGS) $(2) -c -o $$@ $$<
	$$(Q)objcopy $$(foreach s,board __odr_asan.board,--redefine-sym $$(s)=$$(s)_$$(subst -,_,$$*)) $$@

# Not our code: its own warnings are its own.
$(1)/obj/libfdt/%.o: $(LIBFDT_DIR)/%.c fdt/build.mk $(LIBRARY_SETTINGS)
	$$(call step,HOSTCC,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(HOST_CC) -std=gnu11 -w $$(NO_FOLDER) $$(DEPFLAGS) $$(FDT_ASSUME) -I$(LIBFDT_DIR) $(2) -c -o $$@ $$<

$(1)/peerboot: $(HOST_TOOL_OBJ:%=$(1)/obj/%) | $(1)/peerboot-map
	$$(call step,HOSTLD,$$@)
	$$(Q)$$(HOST_CC) $(2) $$(HOST_LDFLAGS) -o $$@ $$^ $$(HOST_TOOL_LIBS)

-include $(HOST_TOOL_OBJ:%.o=$(1)/obj/%.d)
endef

# What `peerboot map` runs lies beside it.
%/peerboot-map: tools/map
	$(Q)mkdir -p $(@D) && ln -sfr $< $@

HOST_TOOL_FLAGS ?= -O2 -g -fstack-protector-strong
$(eval $(call host-tool-rules,$(HOST_TOOL),$(HOST_TOOL_FLAGS)))
$(eval $(call host-tool-rules,$(HOST_TOOL)/sanitized,-O1 -g $(HOST_SAN)))

ALL += $(HOST_TOOL)/peerboot
