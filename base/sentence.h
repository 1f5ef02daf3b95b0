/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sentences: formats that few boots need, those of errors above all. They are literals. In a loader
 * each is in a section of its own kind that is not loaded, so that its address is but a number;
 * tools/pack-sentences makes of all of them something half as large (boot/build.mk), out of which
 * sentence_text() gets what has to be formatted.
 */
#ifndef BASE_SENTENCE_H
#define BASE_SENTENCE_H

/* What the longest sentence takes with its NUL; the packer refuses longer ones. */
#define SENTENCE_SIZE 320

#ifdef SENTENCES_APART
/* A literal; what it formats is given for the compiler alone, which checks the one by the other. */
#define SENTENCE(text, ...)                                                        \
	({                                                                         \
		static const char apart[]                                          \
			__attribute__((section(".sentences"), aligned(1))) = text; \
		(void)sizeof(sentence_check(text, ##__VA_ARGS__));                 \
		apart;                                                             \
	})

int sentence_check(const char *format, ...) __attribute__((format(__printf__, 1, 2)));

/* @sentence itself, or unpacked into @text, which has SENTENCE_SIZE bytes. */
const char *sentence_text(const char *sentence, char *text);
#else
#define SENTENCE(text, ...) text

static inline const char *sentence_text(const char *sentence, char *text)
{
	(void)text;
	return sentence;
}
#endif

/* A sentence and what it formats, as a function takes them. */
#define FORMATTED(text, ...) SENTENCE(text, ##__VA_ARGS__), ##__VA_ARGS__

#endif
