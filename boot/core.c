/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/core.h"

/* Nobody has it: the compiler, which knows the board, leaves out its call, or the link fails. */
void board_core_ops_are_not_one_for_each_cluster(void);

/* Of a board that has one cluster the compiler knows them. */
static const struct core_ops *ops_of(const struct board_cluster *cluster)
{
	if (board_core_ops_count != board.clusters)
		board_core_ops_are_not_one_for_each_cluster();
	return board_core_ops[board.clusters > 1 ? cluster - board.cluster : 0];
}

int core_start(const struct board_cluster *cluster, core_id_t core, phys_addr_t entry, bool thumb,
	       phys_addr_t argument, struct error *e)
{
	return ops_of(cluster)->start(core, entry, thumb, argument, e);
}

bool core_is_off(const struct board_cluster *cluster, core_id_t core)
{
	return ops_of(cluster)->is_off(core);
}

void core_off(void)
{
	board_core_ops[0]->off();
}
