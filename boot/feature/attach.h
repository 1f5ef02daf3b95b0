/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature attach: where drivers of a stock kernel that attach to a peer look for its table,
 * xlnx_r5's (`xamp`) and those for TI K3 (`k3-carveout`). Without it a manifest with one of these
 * properties is refused.
 */
#ifndef BOOT_FEATURE_ATTACH_H
#define BOOT_FEATURE_ATTACH_H

#include "base/features.h"
#include "boot/plan/plan.h"

/*
 * What lies at the start of `xamp`, the first memory-region of the core's node
 * (drivers/remoteproc/xlnx_r5_remoteproc.c, struct rsc_tbl_data). Its uintptr_t has 64 bits; where
 * it has 32 they are the first.
 */
struct attach_header {
	int32_t version;
	uint32_t magic;
	uint32_t complement;
	uint32_t table_size;
	uint64_t table;
};

/* Of what the manifest says for a context: the header's place, `k3-carveout`; size 0: none. */
FEATURE_INLINE struct range attach_header_place(const struct manifest_context *m)
{
	const bool there = features->attach && m->xamp.size;

	return (struct range){ m->xamp.base, there ? sizeof(struct attach_header) : 0 };
}

FEATURE_INLINE struct range attach_carveout(const struct manifest_context *m)
{
	return features->attach ? m->k3_carveout : (struct range){ 0, 0 };
}

/* For a table at @table. */
void attach_fill_header(struct attach_header *header, const struct range *table);

#endif
