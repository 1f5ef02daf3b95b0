/* SPDX-License-Identifier: BSD-2-Clause */
/* Names in device trees: roles and ways, the manifest's and Linux's; Linux's links. */
#ifndef FDT_LINK_ROLES_H
#define FDT_LINK_ROLES_H

#include "resource_table/link_resource.h"

#define LINK_COMPATIBLE "peerboot,rpmsg-link"
/* A link's that a driver of the stock kernel serves: what is in it is that driver's. */
#define LINK_STOCK	 "peerboot,stock-link"
#define LINK_COMPATIBLES LINK_COMPATIBLE "\0" LINK_STOCK "\0" /* a list for node_is_one_of() */

#define LINK_ROLES   (LINK_MASTER + 1)
#define LINK_METHODS (LINK_STATIC + 1)

extern const char *const link_roles[LINK_ROLES]; /* by enum link_role; NULL where there is none */
extern const char *const link_methods[LINK_METHODS]; /* by enum link_method */

#endif
