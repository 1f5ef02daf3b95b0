# SPDX-License-Identifier: BSD-2-Clause
#
# Instructions counted under QEMU's -icount, ours and U-Boot's.

.PHONY: bench
bench: all ## count instructions from reset to the peers and to Linux: of all boards, or of BOARD
	$(call step,BENCH,$(BOARD))
	$(Q)PEERBOOT_BOARD=$(BOARD) PEERBOOT_BUILD=$(BUILD) $(PYTHON) test/bench/bench.py
	+$(Q)for board in $(OTHER_BOARDS); do $(MAKE_OTHER) BOARD=$$board bench || exit 1; done
