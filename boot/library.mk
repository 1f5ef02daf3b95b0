# SPDX-License-Identifier: BSD-2-Clause
#
# Libraries that loaders are linked with from their authors' sources, so that they are made with the loader's
# flags and linked with it as one: BEARSSL_DIR, LIBDEFLATE_DIR. Which files of them is in sources.mk.

LIBRARY_BUILD := $(BOARD_BUILD)/library
# <bearssl/…> as Debian has them, which in its own folder are in inc/.
LIBRARY_HEADERS := -isystem $(LIBRARY_BUILD)/include $(addprefix -isystem ,$(LIBDEFLATE_DIR))
BEARSSL_OBJ := $(BEARSSL_SRC:%.c=$(LIBRARY_BUILD)/bearssl/%.o)
LIBDEFLATE_OBJ := $(LIBDEFLATE_SRC:%.c=$(LIBRARY_BUILD)/deflate/%.o)

# $(1) name, $(2) folder, $(3) flags. Not our code: its own warnings are its own.
define library-rules
$(LIBRARY_BUILD)/$(1)/%.o: $(2)/%.c boot/library.mk $(CODE_SETTINGS)
	$$(call step,CC,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(TARGET_CC) $$(TARGET_CFLAGS) -ffreestanding -flto -w $(3) -c -o $$@ $$<
endef

$(eval $(call library-rules,bearssl,$(BEARSSL_DIR),-I$(BEARSSL_DIR)/inc -I$(BEARSSL_DIR)/src))
$(eval $(call library-rules,deflate,$(LIBDEFLATE_DIR),-I$(LIBDEFLATE_DIR) -DFREESTANDING -O2))

$(LIBRARY_SETTINGS): $(LIBRARY_BUILD)/include/bearssl
$(LIBRARY_BUILD)/include/bearssl: FORCE
	$(if $(BEARSSL_DIR),@mkdir -p $(@D) && ln -sfn $(abspath $(BEARSSL_DIR))/inc $@)

-include $(BEARSSL_OBJ:.o=.d) $(LIBDEFLATE_OBJ:.o=.d)
