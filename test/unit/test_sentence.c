/* SPDX-License-Identifier: BSD-2-Clause */
/* Sentences as tools/pack-sentences packs those of test/fixtures/sentences, a line each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SENTENCES_APART
#include "boot/sentence.c"

/* Where a linker script has them: what nobody may read, and its packed form. */
__asm__(".section .rodata\n"
	"	.global sentences_start, sentences_end, sentences_packed\n"
	"sentences_start:\n"
	"	.incbin \"" FIXTURES "/sentences\"\n"
	"sentences_end:\n"
	"sentences_packed:\n"
	"	.incbin \"" FIXTURES "/sentences.packed\"\n"
	"	.text\n");

static void each_is_what_it_was(void **state)
{
	unsigned count = 0;

	(void)state;
	for (const char *at = sentences_start; at < sentences_end; at += strlen(at) + 1, count++) {
		char text[SENTENCE_SIZE];

		memset(text, 'x', sizeof(text));
		assert_ptr_equal(sentence_text(at, text), text);
		assert_string_equal(text, at);
	}
	assert_int_equal(count, 9);
}

static void others_stay_where_they_are(void **state)
{
	static const char plain[] = "segment %u overlaps";
	char text[SENTENCE_SIZE] = "";

	(void)state;
	assert_ptr_equal(sentence_text(plain, text), plain);
	assert_ptr_equal(sentence_text(sentences_end, text), sentences_end);
	assert_string_equal(text, "");
}

static void they_take_less(void **state)
{
	const uint8_t *end = sentences_packed.text;

	(void)state;
	for (unsigned i = 0; i < 9; i++)
		end += strlen((const char *)end) + 1;
	assert_true(end - sentences_packed.text < (sentences_end - sentences_start) / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_what_it_was),
		cmocka_unit_test(others_stay_where_they_are),
		cmocka_unit_test(they_take_less),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
