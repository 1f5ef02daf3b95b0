/* SPDX-License-Identifier: BSD-2-Clause */
#include "images/lib/doorbell.h"
#include "images/lib/image.h"

int main(void);

/* Zero when the image is loaded, and then nobody's to clear. */
uint32_t image_life __attribute__((noinit));

void image_main(void)
{
	image_life++;
	image_trace_start();
	doorbell_start();
	main();
}
