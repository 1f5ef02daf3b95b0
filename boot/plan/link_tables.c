/* SPDX-License-Identifier: BSD-2-Clause */
/* What tables say of a link: the owner's describes it, the other end's refers to it. */
#include "boot/plan/parts.h"

int plan_link_tables(struct plan_link *link, const struct link_description *d, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	struct plan_context *owner = link->end[LINK_OWNER], *other = link->end[LINK_PEER];

	if (!owner->table_home.size)
		return plan_no_table(owner, m->name, e);
	if (m->method == LINK_HANDSHAKE ?
		    table_offer_link(&owner->table, m->vdev, d, &link->layout, link->part, e) :
		    table_fill_link(&owner->table, m->vdev, d, &link->layout, link->part, e))
		return e->code;
	/* Linux is told by its device tree. */
	if (other->runs_linux ||
	    (other->table_home.size && table_fill_reference(&other->table, d, &link->layout)))
		return 0;
	return error_set(e, E_TABLE_NO_LINK, "no free link resource in the table of %s for %s's",
			 other->manifest->name, owner->manifest->name);
}
