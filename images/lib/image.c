/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>

#include "images/lib/doorbell.h"
#include "images/lib/image.h"

int main(void);

/* Zero when the image is loaded, and then nobody's to clear. */
uint32_t image_life __attribute__((noinit));

void image_main(void)
{
	static char line[128];

	image_life++;
	image_trace_start();
	setvbuf(stdout, line, _IOLBF, sizeof(line)); /* there is no heap to take one from */
	doorbell_start();
	main();
}
