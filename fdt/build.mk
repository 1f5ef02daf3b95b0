# SPDX-License-Identifier: BSD-2-Clause
#
# Device-tree work over libfdt, for the target and for the host alike. Of libfdt only reading is
# used: trees are written in one pass by linux_tree_out.c.

FDT_SRC := $(addprefix fdt/,check.c cells.c board_tree.c manifest.c manifest_node.c manifest_context.c \
	manifest_link.c linux_tree.c linux_tree_prepare.c linux_tree_edit.c linux_tree_reference.c \
	linux_tree_nodes.c linux_tree_out.c linux_tree_verify.c)
FDT_LIBFDT_SRC := $(addprefix $(LIBFDT_DIR)/,fdt.c fdt_ro.c)
