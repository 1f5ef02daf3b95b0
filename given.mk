# SPDX-License-Identifier: BSD-2-Clause
#
# Targets and variables on make's command line that there are not: refused, with the nearest one that there is,
# before anything is installed, fetched or built. A variable that is like none may be a packager's tool's, which
# gives the same ones to everybody: it is named, and that is all.

# $(1) what was said, of $(2)
meant = $(patsubst %,$(comma) but there is %,$(shell printf '%s\n' $(2) | tools/nearest '$(1)' 2>/dev/null))

GIVEN_TO := Makefile */build.mk */*/build.mk */library.mk *.mk

# A target is a file, or has a rule in a fragment.
UNKNOWN_GOALS := $(foreach g,$(GOALS),$(if $(findstring /,$(g))$(shell grep -lE '^([^\#:]* )?$(g)( [^:]*)?:' \
	$(GIVEN_TO)),,$(g)))
ifneq ($(strip $(UNKNOWN_GOALS)),)
KNOWN_GOALS := $(shell sed -n 's/^\([a-z][a-z -]*\):.*\#\# .*/\1/p' $(GIVEN_TO))
$(error there is no target $(firstword $(UNKNOWN_GOALS))$(call meant,$(firstword $(UNKNOWN_GOALS)),$(KNOWN_GOALS)): `make help` lists them)
endif

# A variable has a use in one of them. Two are said in $(CONFIG) for others.
GIVEN := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(v)))),$(v)))
ifneq ($(GIVEN),)
USED := SHELL MAKEFLAGS MAKE KERNEL_RELEASE LIBRARY_SYSROOT $(shell tools/variables $(GIVEN_TO) */*/*/board.mk arch/*/*.mk)
UNKNOWN_GIVEN := $(filter-out $(USED),$(GIVEN))
ifneq ($(UNKNOWN_GIVEN),)
$(foreach v,$(UNKNOWN_GIVEN),$(if $(call meant,$(v),$(USED)),\
	$(error no makefile uses a variable $(v)$(call meant,$(v),$(USED))),$(warning no makefile uses a variable $(v))))
endif
endif

# A file that is not there has a rule: as make prints them that sets nothing up.
NEW_FILES := $(foreach g,$(GOALS),$(if $(findstring /,$(g)),$(if $(wildcard $(g)),,$(g))))
ifneq ($(NEW_FILES),)
RULELESS := $(shell $(MAKE) --no-print-directory -pRrq help $(foreach v,$(GIVEN),'$(v)=$(subst ','\'',$($(v)))') 2>/dev/null | \
	tools/ruleless --folder $(BUILD)/ --folder $(CACHE)/ $(NEW_FILES) 2>/dev/null)
ifneq ($(RULELESS),)
OF_OTHERS := $(filter-out $(BOARD),$(filter $(subst /, ,$(RULELESS)),$(BOARDS)))
$(error no rule makes $(firstword $(RULELESS))$(if $(OF_OTHERS), for BOARD=$(BOARD)$(comma) but there is BOARD=$(firstword $(OF_OTHERS))))
endif
endif
