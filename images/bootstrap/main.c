/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux as one ELF: whoever has loaded it enters here, as an ELF is entered. This is the last part
 * of the loader's way, by the loader's own code: boot/ and fdt/. Reset code has been before.
 */
#include "boot/board.h"
#include "boot/plan/claim.h"
#include "boot/record.h"
#include "boot/stage/stage.h"
#include "boot/version.h"
#include "driver/clock.h"
#include "fdt/manifest.h"
#include "images/bootstrap/payload.h"

#include BOARD_MEMORY_MAP

static int read_manifest(struct boot *boot, struct error *e)
{
	struct bytes bytes = payload(manifest_start, manifest_end);

	if (manifest_read(&boot->in.manifest, bytes, e))
		return e->code;
	record(STAGE_MANIFEST, 0, (uintptr_t)bytes.data, bytes.size, "manifest");
	return 0;
}

/* Stage plan has a images.c and a link_tables.c of its own here. */
const struct boot_step boot_way[] = {
	{ STAGE_MANIFEST, read_manifest },
	{ STAGE_PLAN, stage_plan },
	{ STAGE_FDT, stage_fdt },
	{ STAGE_ENTER, stage_enter },
	{ 0 },
};

void boot_main(uintptr_t passed)
{
	static const struct board_claim claims[] = {
		{ "bootstrap", { BOOTSTRAP_BASE, BOOTSTRAP_SIZE }, CLAIM_LOADING },
	};
	static struct board here;
	static struct boot boot;
	static struct error e;

	(void)passed;
	/* The board, but without the loader in its memory. */
	here = board;
	here.claims = claims;
	here.claim_count = sizeof(claims) / sizeof(claims[0]);
	/* All has been loaded, so Linux's tree is planned where it will be. */
	here.staging = here.fdt;
	clock_start();
	board_start();
	record_continue();
	record(STAGE_RESET, 0, BOOTSTRAP_BASE, 0, "bootstrap %s", peerboot_version);
	boot.in.board = &here;
	boot_run(&boot, &e);
	boot_stop(&e);
}
