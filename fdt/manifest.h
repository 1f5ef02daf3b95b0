/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The manifest: a small device tree inside the boot image that says which image runs on which
 * cores and which links exist. docs/boot-image.md describes every property; names follow the
 * system device tree's domains (openamp,domain-v1) where one fits.
 *
 *	/ {
 *		compatible = "peerboot,manifest-v1";
 *		#address-cells = <2>;
 *		#size-cells = <2>;
 *		verbose;			  // optional: all on the console, at once
 *		contexts {
 *			linux {				  // at most one context has a kernel
 *				cpus = <0x3>;		  // mask of cores
 *				cluster = "m4";		  // of the board; optional: the loader's
 *				memory = <base size …>;	  // its own; Linux: its /memory
 *				kernel = "kernel";	  // names of images in the FIT
 *				fdt = "fdt";		  // optional: else the board's own tree
 *				overlays = "lcd", "can";  // optional: applied in this order
 *				ramdisk = "ramdisk";	  // optional
 *				table-image = "table";	  // optional: an ELF with Linux's own
 *				bootargs = "…";		  // optional
 *			};
 *			b {
 *				cpus = <0x4>;
 *				memory = <…>;
 *				image = "b";
 *				resource-table = <base size>; // optional: where its table must be
 *				xamp = <base size>;	  // optional: where xlnx_r5 looks for it
 *				k3-carveout = <base size>; // optional: where TI K3's drivers do
 *				early;			  // before big images are verified
 *				optional;		  // boot goes on without it
 *				allow-unhashed;		  // its images need no hash node
 *				devices = "/pl061@9030000"; // disabled in Linux's tree
 *				reserved-memory = "rproc@5c000000"; // its own
 *				secure;			  // in the Secure world
 *				controls = "linux", "c";  // contexts that it may stop and start
 *				controls-power;		  // and the board's power
 *				watchdog = <500 3 60>;	  // ms; if not fed, restarts in seconds
 *				controls-slots;		  // and which slot boots
 *			};
 *		};
 *		links {
 *			linux-b {
 *				ends = "linux", "b";	  // context names
 *				roles = "master", "remote"; // or "symmetric", "symmetric"
 *				method = "preset";	  // "handshake", "static"; preset if absent
 *				table = "b";		  // whose table it is; default: remote's
 *				vdev = <0>;		  // of that table; default: next unused
 *				memory = <base size>;	  // for vrings and buffers
 *				buffers = <256 256 512>;  // each end's count, bytes; optional
 *				vrings = <256 4096>;	  // static: descriptors, alignment
 *				registers = <base size>;  // where Linux's stm32_rproc has them
 *				doorbells = <type number>, <type number>; // that wakes each end
 *			};
 *		};
 *	};
 */
#ifndef FDT_MANIFEST_H
#define FDT_MANIFEST_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/range.h"
#include "resource_table/link_resource.h"

#define MANIFEST_CONTEXTS 8
#define MANIFEST_LINKS	  12
#define MANIFEST_MEMORIES 4
#define MANIFEST_DEVICES  8
#define MANIFEST_OVERLAYS 8
#define MANIFEST_REGIONS  8
#define MANIFEST_NAME	  32 /* bytes of a context's or image's name, its NUL included */

struct manifest_context {
	char name[MANIFEST_NAME];
	char cluster[MANIFEST_NAME];		/* "": that of the loader */
	uint32_t cores;				/* mask; bit 0 is the cluster's first */
	struct range memory[MANIFEST_MEMORIES]; /* no two touch; Linux's in whole pages */
	unsigned memories;
	char image[MANIFEST_NAME]; /* "": none; a context has an image or a kernel, not both */
	char kernel[MANIFEST_NAME];
	char fdt[MANIFEST_NAME];
	char ramdisk[MANIFEST_NAME];
	char table_image[MANIFEST_NAME];
	const char *bootargs; /* in the manifest's bytes; NULL: keep what the tree has */
	const char *device[MANIFEST_DEVICES]; /* likewise: paths in Linux's tree */
	unsigned devices;
	const char *region[MANIFEST_REGIONS]; /* likewise: nodes of its /reserved-memory */
	unsigned regions;
	const char *overlay[MANIFEST_OVERLAYS]; /* likewise: names of images in the FIT */
	unsigned overlays;
	const char *control[MANIFEST_CONTEXTS]; /* likewise: names of contexts */
	unsigned controls;
	struct range table;	  /* size 0: anywhere */
	struct range xamp;	  /* with xlnx_r5's header at its start; size 0: none */
	struct range k3_carveout; /* with the table at its start; size 0: none */
	uint32_t watchdog[3];	  /* ms, 0: none; how often in how many seconds it restarts */
	bool early;
	bool optional;
	bool allow_unhashed;
	bool secure;
	bool powers;
	bool slots;
};

struct manifest_link {
	char name[MANIFEST_NAME];
	unsigned end[2]; /* indices of contexts, in the order of `ends` */
	enum link_role role[2];
	enum link_method method;
	unsigned table_end; /* 0 or 1: the owner, whose table describes the link */
	uint32_t vdev;	    /* not for the static way */
	struct range memory;
	struct range registers;		  /* of what a stock driver attaches to; size 0: none */
	uint32_t buffer_count[2];	  /* 0: as many as the vring has */
	uint32_t buffer_len;		  /* a multiple of 8; 512 if not given */
	uint32_t vrings[2];		  /* static way: descriptors of each vring, alignment */
	struct link_doorbell doorbell[2]; /* a kind and its first cell, not looked at */
};

struct manifest {
	unsigned contexts;
	unsigned links;
	bool verbose; /* the console shows all of the boot record, and the plan */
	struct manifest_link link[MANIFEST_LINKS];
	struct manifest_context context[MANIFEST_CONTEXTS];
};

/*
 * Read @dtb into @m. Checks everything that needs no other image: names, types and lengths of
 * properties, unknown properties (an error: a typing mistake must not be silent), core masks of one
 * cluster that meet (E_CORE_TWICE), ends that are no context or the same twice (E_LINK_TO_NOBODY),
 * roles (E_LINK_ROLES), a handshake in the master's table (E_LINK_METHOD), more than the arrays
 * hold (E_TOO_MANY), all else E_MANIFEST_BROKEN; not a tree at all, or not at a multiple of 8:
 * E_FDT_BROKEN (fdt/check.h). @m keeps pointers into @dtb.
 */
int manifest_read(struct manifest *m, struct bytes dtb, struct error *e);

/* May @c stop and start the context of that name? */
bool manifest_controls(const struct manifest_context *c, const char *name);

#endif
