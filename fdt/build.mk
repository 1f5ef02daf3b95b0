# SPDX-License-Identifier: BSD-2-Clause
#
# Device-tree work over libfdt, for the target and for the host alike. Trees are written in one pass
# by libfdt's sequential writer, fdt_sw.c; what changes trees in place is for the feature overlays.

FDT_SRC := $(addprefix fdt/,check.c explain.c address.c cells.c board_tree.c board_regions.c devices.c device_references.c \
	manifest.c manifest_node.c manifest_context.c \
	manifest_link.c linux_tree.c linux_tree_prepare.c linux_tree_bootargs.c linux_tree_edit.c linux_tree_reference.c \
	linux_tree_nodes.c linux_tree_control.c linux_tree_reserved.c linux_tree_out.c linux_tree_verify.c)
FDT_LIBFDT_SRC := $(addprefix $(LIBFDT_DIR)/,fdt.c fdt_ro.c fdt_sw.c fdt_rw.c fdt_wip.c fdt_overlay.c)

# Every tree is checked whole (fdt_check_tree) before libfdt sees it, only version 17 passes, and a
# tree that an overlay spoils is thrown away: libfdt need not look again at each step, nor undo one
# (its libfdt_internal.h: ASSUME_VALID_DTB, LATEST, NO_ROLLBACK, LIBFDT_FLAWLESS). The order of the
# blocks it has to look at. On the host too, so that the sanitizers see what the check lets pass.
# The writer also need not ask at each call whether it is called in order (VALID_INPUT).
FDT_ASSUME = -DFDT_ASSUME_MASK=$(if $(filter %/fdt_sw.o,$@),0x2f,0x2d)
$(BUILD)/$(BOARD)/obj/libfdt/%.o: TARGET_CFLAGS += $(FDT_ASSUME) -include fdt/libfdt_swap.h
$(BUILD)/$(BOARD)/obj/fdt/%.o: TARGET_CFLAGS += -include fdt/libfdt_swap.h
$(BUILD)/host/libfdt/%.o: DEPFLAGS += $(FDT_ASSUME)
