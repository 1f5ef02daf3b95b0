/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of files that loader and images share with this module, but that mean something else in the
 * kernel, or do in newer ones. For the shared files themselves (Kbuild) and around their headers
 * (shared.h), after the kernel's own headers.
 */
#define phys_addr_t    link_phys_addr_t
#define range	       link_range
#define range_contains link_range_contains
#define range_overlaps link_range_overlaps
