/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef IMAGES_ECHO_MEMORY_TRAP_H
#define IMAGES_ECHO_MEMORY_TRAP_H

/*
 * What is not this level's to do, by the architecture (arch/). In the Secure world the
 * monitor's takes the exception, if it is one of its own; else this one does.
 */
void trap(void);

#endif
