# SPDX-License-Identifier: BSD-2-Clause
#
# Pure C on base/, for the target and for the host alike.

RESOURCE_TABLE_SRC := $(addprefix resource_table/,table.c place.c vring.c \
	fill_link.c fill_areas.c link_layout.c)

# For the tests: count what is looked up.
LDLIBS_test_table_cost := -Wl,--wrap=table_entry,--wrap=table_find_place
