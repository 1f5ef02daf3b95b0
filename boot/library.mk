# SPDX-License-Identifier: BSD-2-Clause
#
# Libraries that loaders are linked with from their sources, in place of Debian's archives: BEARSSL_DIR and
# LIBDEFLATE_DIR are their authors' folders. Which files of them is in sources.mk.

LIBRARY_BUILD := $(BOARD_BUILD)/library
# <bearssl/…> as Debian has them, which in its own folder are in inc/.
LIBRARY_HEADERS := $(if $(BEARSSL_DIR),-isystem $(LIBRARY_BUILD)/include) $(addprefix -isystem ,$(LIBDEFLATE_DIR))

# $(1) name, $(2) folder, $(3) files, $(4) flags. Not our code: its own warnings are its own.
define library-rules
$(LIBRARY_BUILD)/$(1)/%.o: $(2)/%.c $(LIBRARY_SETTINGS)
	$$(call step,CC,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(TARGET_CC) $$(TARGET_CFLAGS) -ffreestanding -w $(4) -c -o $$@ $$<

$(LIBRARY_BUILD)/lib$(1).a: $(3:%.c=$(LIBRARY_BUILD)/$(1)/%.o)
	$$(call step,AR,$$@)
	$$(Q)rm -f $$@ && $$(TARGET_AR) rcs $$@ $$^

-include $(3:%.c=$(LIBRARY_BUILD)/$(1)/%.d)
endef

ifneq ($(BEARSSL_DIR),)
override LIBBEARSSL := $(LIBRARY_BUILD)/libbearssl.a
$(eval $(call library-rules,bearssl,$(BEARSSL_DIR),$(BEARSSL_SRC),-I$(BEARSSL_DIR)/inc -I$(BEARSSL_DIR)/src))

$(LIBRARY_SETTINGS): $(LIBRARY_BUILD)/include/bearssl
$(LIBRARY_BUILD)/include/bearssl: FORCE
	@mkdir -p $(@D) && ln -sfn $(abspath $(BEARSSL_DIR))/inc $@
endif

ifneq ($(LIBDEFLATE_DIR),)
override LIBDEFLATE := $(LIBRARY_BUILD)/libdeflate.a
$(eval $(call library-rules,deflate,$(LIBDEFLATE_DIR),$(LIBDEFLATE_SRC),-I$(LIBDEFLATE_DIR)))
endif
