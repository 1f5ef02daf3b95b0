# SPDX-License-Identifier: BSD-2-Clause
#
# The protocol of sessions, checked for every order of events.

MODEL_DONE := $(BUILD)/model/done

# Not again before it changes.
$(MODEL_DONE): model/session.pml model/check
	$(call step,SPIN,$<)
	$(Q)model/check $(@D)
	$(Q)touch $@

.PHONY: check-model
check-model: $(MODEL_DONE) ## check the session protocol's model with spin, all orders of events
