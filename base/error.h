/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Errors are values. Every failure has a stable code, the stage in which it happened and a
 * sentence that names the image, the context and the numbers.
 *
 * A function that can fail returns 0 or the negative code, and fills in the caller's struct error
 * (never NULL). Only the first failure is kept. The list below is the one place where codes are
 * made; docs/errors.md explains each, and `make check` compares the two.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stddef.h>

#include "base/sentence.h"

#define ERROR_CODES(X)                                                    \
	/* finding and reading the boot image */                          \
	X(1, NO_IMAGE, "no boot image in the slot")                       \
	X(2, BAD_MAGIC, "not a FIT")                                      \
	X(3, FIT_TRUNCATED, "FIT longer than its slot or cut off")        \
	X(4, FIT_BROKEN, "FIT structure broken")                          \
	X(5, NO_CONFIGURATION, "configuration missing")                   \
	X(6, NO_HASH, "image without a hash")                             \
	X(7, HASH_UNKNOWN, "unknown hash algorithm")                      \
	X(8, HASH_WRONG, "wrong hash")                                    \
	X(9, IMAGE_MISSING, "image missing")                              \
	X(10, IMAGE_DATA, "image data outside the FIT")                   \
	X(11, IMAGE_FORMAT, "image format not supported")                 \
	X(12, STAGING_FULL, "no room to unpack to")                       \
	/* image formats */                                               \
	X(20, ELF_MAGIC, "not an ELF")                                    \
	X(21, ELF_CLASS, "ELF for another class or byte order")           \
	X(22, ELF_MACHINE, "ELF for another machine")                     \
	X(23, ELF_BROKEN, "ELF headers broken")                           \
	X(24, ELF_ENTRY, "entry point outside the executable segments")   \
	X(25, ZIMAGE_BROKEN, "zImage broken")                             \
	X(26, TOO_MANY_SEGMENTS, "too many segments")                     \
	X(27, ELF_TYPE, "ELF is no executable")                           \
	X(28, UIMAGE_BROKEN, "uImage broken")                             \
	X(29, ARM64_BROKEN, "arm64 Image broken")                         \
	/* manifest */                                                    \
	X(30, MANIFEST_BROKEN, "manifest broken")                         \
	X(31, CORE_TWICE, "core named twice")                             \
	X(32, CORE_ABSENT, "core that is not there")                      \
	X(33, LINK_TO_NOBODY, "link to nobody")                           \
	X(34, LINK_ROLES, "roles that do not fit each other")             \
	X(35, TOO_MANY, "more than the loader has room for")              \
	X(36, LINK_METHOD, "way of sharing that the ends do not take")    \
	X(37, LINK_DOORBELL, "doorbell that its end cannot hear")         \
	X(38, CORE_UNKNOWN, "cluster that is not there")                  \
	X(39, LINK_LIMITS, "link beyond what one of its ends does")       \
	/* plan */                                                        \
	X(40, OVERLAP, "two claims overlap")                              \
	X(41, OUTSIDE_RAM, "claim outside RAM")                           \
	X(42, OUTSIDE_MEMORY, "outside the context's own memory")         \
	X(43, OVERFLOW, "number too large")                               \
	X(44, OUTSIDE_MAP, "claim out of the loader's reach")             \
	/* resource tables */                                             \
	X(50, TABLE_MISSING, "resource table missing")                    \
	X(51, TABLE_BROKEN, "resource table broken")                      \
	X(52, TABLE_MISPLACED, "resource table not where it belongs")     \
	X(53, TABLE_NO_ROOM, "no room for what the resource table asks")  \
	X(54, TABLE_NO_VDEV, "resource table without the vdev of a link") \
	X(55, TABLE_NO_LINK, "link of which an end is not told")          \
	/* device tree */                                                 \
	X(60, FDT_MISSING, "device tree missing")                         \
	X(61, FDT_BROKEN, "device tree broken")                           \
	X(62, FDT_FULL, "device tree full")                               \
	X(63, FDT_CHECK, "finished device tree is not what was planned")  \
	X(64, FDT_OVERLAY, "overlay does not fit the device tree")        \
	/* starting */                                                    \
	X(70, CORE_START, "core does not start")                          \
	X(71, EXCEPTION, "exception in the loader")                       \
	X(72, CORE_WIDTH, "image for other cores")

/* Only features report these: a loader without any does not know their names. */
#define ERROR_CODES_FEATURES(X)                                             \
	/* more than one cluster */                                         \
	X(73, OUTSIDE_VIEW, "image or memory out of its cluster's sight")   \
	X(74, CALL_REFUSED, "call that its caller has no right to")         \
	X(75, OUTSIDE_WORLD, "Secure memory of what is not in that world")  \
	X(76, NOT_FED, "context that has not fed its watchdog")             \
	/* signatures */                                                    \
	X(80, SIGNATURE_MISSING, "configuration without a signature")       \
	X(81, SIGNATURE_WRONG, "wrong signature")                           \
	X(82, SIGNATURE_ALGORITHM, "signature algorithm not accepted")      \
	X(83, KEY_UNKNOWN, "not signed by a key that has to sign")          \
	X(84, NOT_SIGNED, "image that the signature does not cover")        \
	X(85, HASH_WEAK, "signed image without a strong hash")              \
	X(86, NODE_NAME, "name of a node that signed images must not have") \
	X(87, ROLLBACK, "version below the lowest that may boot")           \
	/* boot state and slots */                                          \
	X(90, FLASH_WRITE, "flash not programmed")                          \
	X(91, FLASH_ERASE, "flash not erased")                              \
	X(92, SLOT_IN_USE, "slot that the board has to keep")               \
	/* storage that is not memory-mapped */                             \
	X(95, STORAGE_MISSING, "storage that does not answer")              \
	X(96, STORAGE_READ, "storage that cannot be read")                  \
	/* recovery over the serial line */                                 \
	X(100, KEY_PRESSED, "boot ended by a key, for recovery")            \
	X(101, TRANSFER_TIMEOUT, "sender that is silent")                   \
	X(102, TRANSFER_CANCELLED, "transfer cancelled by the sender")      \
	X(103, TRANSFER_NOISE, "too many damaged blocks")                   \
	X(104, TRANSFER_ORDER, "block lost, or one too many")               \
	X(105, TRANSFER_LARGE, "file larger than the room for it")          \
	X(106, TRANSFER_SHORT, "no file, or less than its header says")     \
	X(107, TRANSFER_HEADER, "header of a file not as it should be")     \
	/* decompression */                                                 \
	X(110, COMPRESSED_BROKEN, "compressed data broken")

#define ERROR_CODES_ALL(X) ERROR_CODES(X) ERROR_CODES_FEATURES(X)

enum error_code {
#define X(number, name, text) E_##name = -(number),
	ERROR_CODES_ALL(X)
#undef X
};

/* The stages of a boot, in order; as the boot record and the console name them. */
#define STAGES(X)               \
	X(RESET, "reset")       \
	X(FIND, "find")         \
	X(MANIFEST, "manifest") \
	X(PLAN, "plan")         \
	X(LOAD, "load")         \
	X(TABLE, "table")       \
	X(FDT, "fdt")           \
	X(START, "start")       \
	X(ENTER, "enter")
/* With what comes after the loader: its monitor. */
#define STAGES_ALL(X) STAGES(X) X(MONITOR, "monitor")

enum stage {
#define X(name, text) STAGE_##name,
	STAGES_ALL(X)
#undef X
};

struct error {
	int code;		  /* 0, or a negative error_code */
	enum stage stage;	  /* set by the one place that reports; see boot/main.c */
	const char *kind, *about; /* error_about() */
	/*
	 * Whose fault it is: a context by its index in the plan; -1: nobody's. Set beforehand, as
	 * @about is, and read by plan_make().
	 */
	int culprit;
	char text[SENTENCE_SIZE]; /* the sentence, cut off if longer */
};

/*
 * Whom errors that are set from now on are about: "image ", "kernel". Their sentences begin with
 * both and a colon, so that no other function has to know. Who reads or plans something says it at
 * the start; @about lives as long. NULL: nobody; each stage of a boot and each part of a plan
 * begins so.
 */
void error_about(struct error *e, const char *kind, const char *about);

/*
 * Note a failure: if @e holds none yet, keep @code and the formatted sentence, whose format is a
 * literal. Returns the code that @e then holds, for `return error_set(e, code, format, ...);` to be
 * a function's way out.
 */
#define error_set(e, code, ...) error_set_number(e, -(code), FORMATTED(__VA_ARGS__))

/*
 * The same for a code's number, positive: one instruction in place of two. The format is any,
 * or a SENTENCE().
 */
int error_set_number(struct error *e, int number, const char *format, ...)
	__attribute__((format(__printf__, 3, 4)));

/* By which is refused, with what it is and its name, what a feature would take. */
#define ERROR_NOT_IN_LOADER "%s %s is not in this loader"

/* Go on with the sentence of an error that was set just now. Returns its code. */
#define error_append(e, ...) error_append_text(e, FORMATTED(__VA_ARGS__))
int error_append_text(struct error *e, const char *format, ...)
	__attribute__((format(__printf__, 2, 3)));

/* Names for people and records: "HASH_WRONG", "load". Never NULL. */
const char *error_name(int code);
const char *stage_name(enum stage stage);

#endif
