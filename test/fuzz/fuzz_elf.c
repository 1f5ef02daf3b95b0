/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as an image without a load address: ELF or nothing. */
#include "test/fuzz/fuzz.h"
#include "test/unit/image_model.h"

const unsigned fuzz_parts = 0;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct image_hint no_hint;

	int code = parse_sound((struct bytes){ data, size }, &no_hint);
	struct error e = { .code = code };

	snprintf(e.text, sizeof(e.text), "%s", code ? "refused" : "");
	fuzz_check_taken(code, &e);
	return 0;
}
