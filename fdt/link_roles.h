/* SPDX-License-Identifier: BSD-2-Clause */
/* Names in device trees: roles and ways, the manifest's and Linux's; Linux's links. */
#ifndef FDT_LINK_ROLES_H
#define FDT_LINK_ROLES_H

#include "resource_table/link_resource.h"

#define LINK_COMPATIBLE "peerboot,rpmsg-link"

#define LINK_ROLES   (LINK_MASTER + 1)
#define LINK_METHODS (LINK_STATIC + 1)

extern const char *const link_roles[LINK_ROLES]; /* by enum link_role; NULL where there is none */
extern const char *const link_methods[LINK_METHODS]; /* by enum link_method */

#endif
