/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any sender, on any line: blocks with the right CRC or damaged ones, single bytes and silences, as
 * the input says. Nothing is written but what a whole block brought, each transfer comes to an end.
 */
#include "test/fuzz/fuzz.h"
#include "test/unit/ymodem_sender.h"

#define TIMEOUTS_MAX (YMODEM_STARTS + 1) /* in a row */

const unsigned fuzz_parts = 0;

struct line {
	struct ymodem y;
	struct bytes room; /* to the byte */
	struct error e;
	int result;
	struct frame sent; /* the last one that came whole; size 0: none */
};

static void check_answer(const struct line *l, size_t before, bool whole)
{
	const struct ymodem *y = &l->y;

	assert_true(l->result <= YMODEM_MORE);
	assert_int_equal(l->result < 0 ? l->result : 0, l->e.code);
	assert_true(y->wait > 0 && y->wait <= YMODEM_BLOCK_WAIT);
	assert_true(y->answer.size <= 5);
	for (size_t i = 0; i < y->answer.size; i++)
		assert_non_null(memchr("\x06\x15\x18"
				       "C",
				       y->answer.data[i], 4));
	if (l->result < 0)
		assert_true(y->answer.size >= 2 && y->answer.data[0] == XMODEM_CAN);
	assert_true(y->got >= before && y->got <= y->room);
	assert_non_null(memchr(y->file.name, '\0', sizeof(y->file.name)));
	if (y->file.has_size)
		assert_true(l->result < 0 || y->file.size <= y->room);
	if (y->got > before) { /* from the start of the data of what was sent last */
		assert_true(whole && y->got - before <= l->sent.size - 5);
		assert_memory_equal(l->room.data + before, l->sent.byte + 3, y->got - before);
	}
}

static void send_byte(struct line *l, uint8_t byte, bool whole)
{
	size_t before = l->y.got;

	if (l->result != YMODEM_MORE)
		return;
	l->result = ymodem_byte(&l->y, byte, &l->e);
	check_answer(l, before, whole);
}

static void no_byte(struct line *l)
{
	size_t before = l->y.got;

	if (l->result != YMODEM_MORE)
		return;
	l->result = ymodem_timeout(&l->y, &l->e);
	check_answer(l, before, false);
}

static void send_frame(struct line *l, const struct frame *f)
{
	l->sent = *f;
	for (size_t i = 0; i < f->size; i++)
		send_byte(l, f->byte[i], i + 1 == f->size);
}

static struct frame any_block(struct bytes *input, unsigned number)
{
	size_t room = fuzz_choice(input, 2) ? BLOCK_SIZE : 128;
	size_t size = fuzz_number(input, 2) % (room + 1);
	uint8_t fill = (uint8_t)fuzz_number(input, 1);

	if (size > input->size)
		size = input->size;
	input->data += size;
	input->size -= size;
	return frame_of(number, input->data - size, size, room, fill);
}

static void step(struct line *l, struct bytes *input)
{
	struct frame f;

	switch (fuzz_choice(input, 8)) {
	case 0: /* what comes next */
	case 1:
		f = any_block(input, l->y.expected);
		send_frame(l, &f);
		break;
	case 2:
		f = any_block(input, (unsigned)fuzz_number(input, 1));
		send_frame(l, &f);
		break;
	case 3: /* block 0 */
		f = any_block(input, 0);
		send_frame(l, &f);
		break;
	case 4: /* damaged */
		f = any_block(input, l->y.expected);
		f.byte[fuzz_number(input, 2) % f.size] ^= (uint8_t)(1 + fuzz_choice(input, 255));
		for (size_t i = 0; i < f.size; i++)
			send_byte(l, f.byte[i], false);
		break;
	case 5:
		send_byte(l, XMODEM_EOT, false);
		break;
	case 6:
		no_byte(l);
		break;
	default:
		send_byte(l, (uint8_t)fuzz_number(input, 1), false);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size };
	size_t room = fuzz_number(&input, 2) % 8192;
	struct line l = { .room = { calloc(room + !room, 1), room }, .result = YMODEM_MORE };

	ymodem_start(&l.y, (uint8_t *)(uintptr_t)l.room.data, room);
	while (input.size && l.result == YMODEM_MORE)
		step(&l, &input);
	for (unsigned i = 0; l.result == YMODEM_MORE; i++) {
		assert_true(i < TIMEOUTS_MAX);
		no_byte(&l);
	}
	if (!l.result && l.y.file.has_size)
		assert_int_equal(l.y.got, l.y.file.size);
	fuzz_check_taken(l.result, &l.e);
	bytes_free(l.room);
	return 0;
}
