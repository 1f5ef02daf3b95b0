/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every fuzz target includes. A target is one file with one function: it makes what it tests
 * of the input, and asserts what must hold, by cmocka's assertions, which abort here. What is
 * accepted must be sound; what is refused must say why.
 *
 * An input is a number of parts, each behind its size (le32), and the rest. What a target wants
 * to know beside the bytes under test comes from the rest, byte by byte; 0 when that has run out.
 */
#ifndef TEST_FUZZ_FUZZ_H
#define TEST_FUZZ_FUZZ_H

#include "base/error.h"
#include "base/range.h"
#include "test/unit/unit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* How many parts the target's inputs have in front of the rest; defined by the target. */
extern const unsigned fuzz_parts;

/* Cut the next part off @input; what is there, if its size lies. */
struct bytes fuzz_part(struct bytes *input);

/* Numbers from the input, at most 64 bits, little-endian. */
uint64_t fuzz_number(struct bytes *input, unsigned size);
/* … from 0 to @count - 1 */
unsigned fuzz_choice(struct bytes *input, unsigned count);

/*
 * Do both share a byte; is all of @inner, which may be empty, in @outer? By other sums than those
 * of base/range.h, which are under test. For ranges that don't wrap.
 */
bool fuzz_meet(struct range a, struct range b);
bool fuzz_holds(struct range outer, struct range inner);

/* An error as it should be: the code returned is the code kept, with a sentence if there is one. */
void fuzz_check_error(int code, const struct error *e);
/* The same for what the target is about; of a seed, nothing is refused (run sets FUZZ_SEEDS then). */
void fuzz_check_taken(int code, const struct error *e);
/* What has to work: otherwise the error is printed. */
void fuzz_check_good(int code, const struct error *e);

#endif
