# SPDX-License-Identifier: BSD-2-Clause
#
# The protocol of sessions, and the life of a context by the monitor, checked for every order of events.

MODEL_DONE := $(BUILD)/model/done

# Not again before it changes.
$(MODEL_DONE): model/check $(wildcard model/*.pml)
	$(call step,SPIN,model)
	$(Q)model/check $(@D)
	$(Q)touch $@

.PHONY: check-model
check-model: $(MODEL_DONE) ## check the models with spin, all orders of events
