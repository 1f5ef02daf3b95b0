/* SPDX-License-Identifier: BSD-2-Clause */
/* The receiver against a sender that does everything wrong that a line and a person can. */
#include "boot/feature/recovery/crc16.h"
#include "test/unit/ymodem_sender.h"

#define ROOM 4096

static struct {
	struct ymodem y;
	struct bytes room; /* to the byte */
	struct error e;
	int result;
	char answers[64]; /* all since they were last asked for */
} r;

static uint8_t content(size_t i)
{
	return (uint8_t)(i * 7 + i / 128);
}

static const uint8_t *file(void)
{
	static uint8_t data[2 * ROOM];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = content(i);
	return data;
}

static void note_answer(void)
{
	size_t have = strlen(r.answers);

	assert_true(have + r.y.answer.size < sizeof(r.answers));
	for (size_t i = 0; i < r.y.answer.size; i++) {
		static const char names[] = "\x06"
					    "A\x15N\x18X";
		uint8_t byte = r.y.answer.data[i];

		r.answers[have + i] = byte == 'C' ? 'C' : strchr(names, byte)[1];
	}
}

/* The answers, A(CK), N(AK), C, X for CAN, since the last call. */
static void expect(const char *answers)
{
	assert_string_equal(r.answers, answers);
	memset(r.answers, 0, sizeof(r.answers));
}

static void start_with(size_t room)
{
	free((void *)(uintptr_t)r.room.data);
	memset(&r, 0, sizeof(r));
	r.room = (struct bytes){ calloc(room, 1), room };
	assert_non_null(r.room.data);
	ymodem_start(&r.y, (uint8_t *)(uintptr_t)r.room.data, room);
	r.result = YMODEM_MORE;
	note_answer();
	expect("C");
}

static void byte(uint8_t b)
{
	assert_int_equal(r.result, YMODEM_MORE);
	r.result = ymodem_byte(&r.y, b, &r.e);
	note_answer();
	assert_int_equal(r.result < 0 ? r.result : 0, r.e.code);
}

static void bytes(const void *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		byte(((const uint8_t *)data)[i]);
}

static void no_byte(void)
{
	assert_int_equal(r.result, YMODEM_MORE);
	r.result = ymodem_timeout(&r.y, &r.e);
	note_answer();
	assert_int_equal(r.result < 0 ? r.result : 0, r.e.code);
}

static void send(struct frame f)
{
	bytes(f.byte, f.size);
}

static struct frame data_block(unsigned number, size_t from, size_t size, size_t room)
{
	return frame_of(number, file() + from, size, room, 0x1a);
}

static void send_header(const char *size)
{
	send(header_of("boot.itb", size));
	expect("AC");
}

/* Blocks of @room bytes for what of the file has not come yet, up to @end. */
static void send_until(size_t end, size_t room)
{
	for (unsigned n = r.y.expected; r.y.got < end && r.result == YMODEM_MORE; n++) {
		size_t from = r.y.got, size = end - from < room ? end - from : room;

		send(data_block(n, from, size, room));
		expect("A");
	}
}

static void send_end(void)
{
	byte(XMODEM_EOT);
	expect("N");
	byte(XMODEM_EOT);
	expect("AC");
	send(header_of("", NULL));
	expect("A");
}

static void has_got(size_t size)
{
	assert_int_equal(r.result, 0);
	assert_int_equal(r.y.got, size);
	assert_memory_equal(r.room.data, file(), size);
}

static void failed(int code)
{
	assert_int_equal(r.result, code);
	assert_int_not_equal(r.e.text[0], '\0');
	expect("XXXXX");
}

/* --- as it should be ------------------------------------------------------------------------------ */

static void test_crc(void **state)
{
	static const uint8_t check[] = "123456789\x31\xc3";

	(void)state;
	assert_int_equal(crc16((struct bytes){ check, 9 }),
			 0x31c3); /* the catalogues' check value */
	assert_int_equal(crc16((struct bytes){ check, 11 }), 0);
	for (size_t size = 0; size < 200; size++)
		assert_int_equal(crc16((struct bytes){ file(), size }), crc_of(file(), size));
}

static void test_sizes(void **state)
{
	static const size_t sizes[] = { 1, 127, 128, 129, 1023, 1024, 1025, ROOM - 1, ROOM };

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(sizes); i++) {
		size_t size = sizes[i / 2];
		char text[40];

		snprintf(text, sizeof(text), "%zu 14612340573 100644", size);
		start_with(ROOM);
		send_header(text);
		assert_string_equal(r.y.file.name, "boot.itb");
		send_until(size, i & 1 ? 128 : BLOCK_SIZE);
		send_end();
		has_got(size);
		assert_int_equal(r.y.retries, 0);
	}
}

/* Numbers of blocks begin anew, sizes of blocks change on the way. */
static void test_long_file(void **state)
{
	static uint8_t data[300 * 128];

	(void)state;
	start_with(sizeof(data));
	send_header("38400");
	for (unsigned n = 1; n <= 300; n++) {
		memset(data + 128 * (n - 1), (int)n, 128);
		send(frame_of(n, data + 128 * (n - 1), 128, 128, 0));
		expect("A");
	}
	send_end();
	assert_int_equal(r.y.got, sizeof(data));
	assert_memory_equal(r.room.data, data, sizeof(data));

	start_with(ROOM);
	send_header("1400");
	send_until(1024, BLOCK_SIZE);
	send_until(1400, 128);
	send_end();
	has_got(1400);
}

/* Then what the last block was filled up with is part of it. */
static void test_no_size(void **state)
{
	(void)state;
	start_with(ROOM);
	send_header(NULL);
	assert_false(r.y.file.has_size);
	send_until(200, 128);
	send_end();
	assert_int_equal(r.y.got, 256);
	assert_memory_equal(r.room.data, file(), 200);
}

static void test_waits(void **state)
{
	struct frame f = header_of("x", "128");

	(void)state;
	start_with(ROOM);
	assert_int_equal(r.y.wait, YMODEM_START_WAIT);
	byte(f.byte[0]);
	assert_int_equal(r.y.wait, YMODEM_BYTE_WAIT);
	bytes(f.byte + 1, f.size - 1);
	assert_int_equal(r.y.wait, YMODEM_BLOCK_WAIT);
	byte('?');
	assert_int_equal(r.y.wait, YMODEM_QUIET);
	no_byte();
	assert_int_equal(r.y.wait, YMODEM_BLOCK_WAIT);
}

/* --- the line --------------------------------------------------------------------------------------- */

/* Any byte of any block turned into another: it is asked for again, and what comes is whole. */
static void test_damaged_byte(void **state)
{
	(void)state;
	for (unsigned block = 0; block < 3; block++)
		for (size_t at = 0; at < 133; at++) {
			struct frame f = block == 0 ? header_of("boot.itb", "200") :
					 block == 1 ? data_block(1, 0, 128, 128) :
						      data_block(2, 128, 72, 128);
			struct frame bad = f;

			start_with(ROOM);
			if (block)
				send_header("200");
			if (block == 2)
				send_until(128, 128);
			/* not into STX: then it would have to be longer */
			bad.byte[at] ^= at ? 0x40 : 0x80;
			send(bad);
			expect("");
			no_byte();
			expect(block < 2 ? "C" : "N");
			send(f);
			expect(block ? "A" : "AC");
			send_until(200, 128);
			send_end();
			has_got(200);
			assert_int_equal(r.y.retries, 1);
		}
}

/* A byte that is lost, or one too many. */
static void test_lost_and_extra_byte(void **state)
{
	struct frame f = data_block(1, 0, 128, 128);

	(void)state;
	for (size_t at = 0; at < f.size; at++)
		for (unsigned extra = 0; extra < 2; extra++) {
			start_with(ROOM);
			send_header("128");
			bytes(f.byte, at);
			if (extra)
				byte(0x5a);
			bytes(f.byte + at + !extra, f.size - at - !extra);
			if (r.answers[0]) /* the extra byte is behind what was checked */
				expect("A");
			no_byte();
			expect(r.y.got ? "N" : "C");
			send(f);
			expect("A");
			send_end();
			has_got(128);
		}
}

/* A sector whose SOH is lost holds what would end the transfer, were it looked at. */
static void test_commands_in_damaged_data(void **state)
{
	static const uint8_t evil[] = { XMODEM_CAN, XMODEM_CAN, XMODEM_EOT, XMODEM_EOT,
					XMODEM_SOH };
	struct frame f = frame_of(2, evil, sizeof(evil), 128, XMODEM_CAN);

	(void)state;
	start_with(ROOM);
	send_header("256");
	send_until(128, 128);
	bytes(f.byte + 1, f.size - 1);
	expect("");
	no_byte();
	expect("N");
	send_until(256, 128);
	send_end();
	has_got(256);
}

static void test_single_cancel_and_end(void **state)
{
	(void)state;
	start_with(ROOM);
	send_header("256");
	send_until(128, 128);
	byte(XMODEM_CAN);
	no_byte();
	expect("N");
	byte(XMODEM_CAN); /* not the second of two */
	byte('x');
	no_byte();
	expect("N");
	byte(XMODEM_CAN); /* was it SOH, and what follows is data? */
	send(data_block(2, 128, 128, 128));
	no_byte();
	expect("N");
	byte(XMODEM_EOT);
	expect("N");
	send_until(256, 128);
	send_end();
	has_got(256);
}

static void test_end_in_front_of_the_header(void **state)
{
	(void)state;
	start_with(ROOM);
	for (unsigned i = 0; i < 2; i++) {
		byte(XMODEM_EOT);
		no_byte();
		expect("C");
	}
	send_header("128");
}

/* Our answer was lost: it comes again, and is not stored again. */
static void test_duplicates(void **state)
{
	(void)state;
	start_with(ROOM);
	send_header("384");
	send(header_of("boot.itb", "384"));
	expect("AC");
	send_until(128, 128);
	send(data_block(1, 0, 128, 128));
	expect("A");
	send_until(384, 128);
	send(data_block(3, 256, 128, 128));
	expect("A");
	byte(XMODEM_EOT);
	expect("N");
	byte(XMODEM_EOT);
	expect("AC");
	byte(XMODEM_EOT);
	expect("AC");
	send(header_of("", NULL));
	expect("A");
	has_got(384);
	assert_int_equal(r.y.retries, 3);
}

static void test_lost_block(void **state)
{
	static const unsigned numbers[] = { 3, 4, 200, 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		start_with(ROOM);
		send_header("512");
		send_until(128, 128);
		send(data_block(numbers[i], 256, 128, 128));
		failed(E_TRANSFER_ORDER);
		assert_int_equal(r.y.got, 128);
	}
}

/* Nothing but noise ends, too, wherever it begins, with pauses or without. */
static void test_noise_for_ever(void **state)
{
	(void)state;
	for (unsigned blocks = 0; blocks < 3; blocks++)
		for (unsigned pauses = 0; pauses < 2; pauses++) {
			unsigned count = 0;

			start_with(ROOM);
			if (blocks)
				send_header("4096");
			if (blocks == 2)
				send_until(128, 128);
			for (; r.result == YMODEM_MORE; count++) {
				if (pauses && count % 3 == 2)
					no_byte();
				else
					byte((uint8_t)(0x80 + count % 128));
				assert_true(count < 2 * YMODEM_ERRORS * YMODEM_PURGE);
			}
			assert_int_equal(r.result, E_TRANSFER_NOISE);
		}
}

static void test_same_block_for_ever(void **state)
{
	unsigned count = 0;

	(void)state;
	start_with(ROOM);
	send_header("4096");
	for (; r.result == YMODEM_MORE; count++)
		send(header_of("boot.itb", "4096"));
	assert_int_equal(r.result, E_TRANSFER_NOISE);
	assert_int_equal(count, YMODEM_ERRORS);
}

static void test_end_for_ever(void **state)
{
	unsigned count = 0;

	(void)state;
	start_with(ROOM);
	send_header("128");
	send_until(128, 128);
	for (; r.result == YMODEM_MORE; count++)
		byte(XMODEM_EOT);
	assert_int_equal(r.result, E_TRANSFER_NOISE);
	assert_true(count <= 2 + YMODEM_ERRORS);
}

/* Many damaged blocks are no reason to give up, as long as whole ones come between them. */
static void test_errors_are_counted_in_a_row(void **state)
{
	(void)state;
	start_with(ROOM);
	send_header("4096");
	while (r.y.got < ROOM) {
		for (unsigned i = 0; i < YMODEM_ERRORS - 1; i++) {
			byte('?');
			no_byte();
		}
		for (unsigned i = 0; i < YMODEM_SILENCES - 1; i++)
			no_byte();
		memset(r.answers, 0, sizeof(r.answers));
		send_until(r.y.got + 1024, BLOCK_SIZE);
	}
	send_end();
	has_got(ROOM);
}

/* --- senders that go away ------------------------------------------------------------------------- */

static void silence(unsigned calls, const char *each, int code)
{
	for (unsigned i = 1; i < calls; i++) {
		no_byte();
		expect(each);
	}
	no_byte();
	if (code)
		failed(code);
}

static void test_no_sender(void **state)
{
	(void)state;
	start_with(ROOM);
	silence(YMODEM_STARTS, "C", E_TRANSFER_TIMEOUT);
}

static void test_broken_off(void **state)
{
	struct frame f = data_block(2, 128, 128, 128);

	(void)state;
	start_with(ROOM);
	send_header("256");
	silence(YMODEM_SILENCES, "C", E_TRANSFER_TIMEOUT);
	for (size_t at = 0; at < f.size; at += 33) {
		start_with(ROOM);
		send_header("256");
		send_until(128, 128);
		bytes(f.byte, at);
		silence(YMODEM_SILENCES, "N", E_TRANSFER_TIMEOUT);
		assert_int_equal(r.y.got, 128);
	}
}

/* The file is whole: how the sender says goodbye does not matter. */
static void test_silent_at_the_end(void **state)
{
	(void)state;
	start_with(ROOM);
	send_header("128");
	send_until(128, 128);
	byte(XMODEM_EOT);
	byte(XMODEM_EOT);
	expect("NAC");
	silence(YMODEM_SILENCES, "C", 0);
	expect("A");
	has_got(128);
}

static void test_cancelled(void **state)
{
	(void)state;
	for (unsigned blocks = 0; blocks < 3; blocks++) {
		start_with(ROOM);
		if (blocks)
			send_header("256");
		if (blocks == 2)
			send_until(128, 128);
		byte(XMODEM_CAN);
		byte(XMODEM_CAN);
		failed(E_TRANSFER_CANCELLED);
	}
}

/* --- files ------------------------------------------------------------------------------------------ */

static void test_too_large(void **state)
{
	(void)state;
	start_with(ROOM);
	send(header_of("boot.itb", "4097"));
	failed(E_TRANSFER_LARGE);
	start_with(ROOM);
	send(header_of("boot.itb", "4294967295"));
	failed(E_TRANSFER_LARGE);
	/* Where the header does not say, when it shows; the block that is too much is not stored. */
	for (size_t room = ROOM - 1; room <= ROOM; room++) {
		start_with(room);
		send_header(NULL);
		send_until(ROOM - 128, 128);
		send(data_block(r.y.expected, r.y.got, 128, 128));
		if (room == ROOM) {
			expect("A");
			send(data_block(r.y.expected, r.y.got, 128, 128));
		}
		failed(E_TRANSFER_LARGE);
	}
}

static void test_shorter_than_said(void **state)
{
	(void)state;
	start_with(ROOM);
	send_header("129");
	send_until(128, 128);
	byte(XMODEM_EOT);
	byte(XMODEM_EOT);
	assert_memory_equal(r.answers, "N", 1);
	memmove(r.answers, r.answers + 1, strlen(r.answers));
	failed(E_TRANSFER_SHORT);
}

static void test_longer_than_said(void **state)
{
	(void)state;
	start_with(ROOM);
	send_header("127");
	send_until(127, 128);
	send(data_block(2, 128, 128, 128));
	failed(E_TRANSFER_ORDER);
}

static void test_empty(void **state)
{
	(void)state;
	start_with(ROOM);
	send(header_of("boot.itb", "0"));
	failed(E_TRANSFER_SHORT);
	start_with(ROOM);
	send(header_of("", NULL)); /* no file at all */
	failed(E_TRANSFER_SHORT);
	start_with(ROOM);
	send_header(NULL);
	byte(XMODEM_EOT);
	byte(XMODEM_EOT);
	assert_int_equal(r.result, E_TRANSFER_SHORT);
}

static void test_second_file(void **state)
{
	(void)state;
	start_with(ROOM);
	send_header("128");
	send_until(128, 128);
	byte(XMODEM_EOT);
	byte(XMODEM_EOT);
	expect("NAC");
	send(header_of("another.itb", "128"));
	failed(E_TRANSFER_HEADER);
}

static void test_xmodem(void **state)
{
	(void)state;
	start_with(ROOM);
	send(data_block(1, 0, 128, 128));
	failed(E_TRANSFER_HEADER);
}

/* --- block 0 ---------------------------------------------------------------------------------------- */

static int header(struct file_header *h, const char *text, size_t size)
{
	struct bytes block = bytes_copy(text, size);
	struct error e = { 0 };
	int code = header_read(h, block, &e);

	bytes_free(block);
	assert_int_equal(code, e.code);
	return code;
}

static void test_header(void **state)
{
	static const struct {
		const char *text;
		size_t bytes;
		int code;
		bool has_size;
		uint32_t size;
	} cases[] = {
		{ "n\0", 2, 0, false, 0 },
		{ "n\0\0\0", 4, 0, false, 0 },
		{ "n\00012", 4, 0, true, 12 }, /* up to the end of the block */
		{ "n\00012 7 100644\0", 14, 0, true, 12 },
		{ "n\0004294967295\0", 13, 0, true, UINT32_MAX },
		{ "n\0004294967296\0", 13, E_TRANSFER_HEADER, false, 0 },
		{ "n\00018446744073709551617\0", 23, E_TRANSFER_HEADER, false, 0 },
		{ "n\0-1\0", 5, E_TRANSFER_HEADER, false, 0 },
		{ "n\0001x\0", 5, E_TRANSFER_HEADER, false, 0 },
		{ "n\0x\0", 4, E_TRANSFER_HEADER, false, 0 },
		{ "n\0 12\0", 6, 0, false, 0 },
		{ "nnnn", 4, E_TRANSFER_HEADER, false, 0 }, /* no end */
	};
	struct file_header h;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(header(&h, cases[i].text, cases[i].bytes), cases[i].code);
		if (cases[i].code)
			continue;
		assert_string_equal(h.name, "n");
		assert_int_equal(h.has_size, cases[i].has_size);
		assert_int_equal(h.size, cases[i].size);
	}
}

static void test_names(void **state)
{
	char text[BLOCK_SIZE];
	struct file_header h;
	struct frame f;

	(void)state;
	/* Longer than is kept, but it ends. */
	memset(text, 'n', sizeof(text));
	memcpy(text + 1000,
	       "\0"
	       "128",
	       5);
	assert_int_equal(header(&h, text, sizeof(text)), 0);
	assert_int_equal(strlen(h.name), sizeof(h.name) - 1);
	assert_int_equal(h.size, 128);
	/* It fills the block. */
	memset(text, 'n', sizeof(text));
	start_with(ROOM);
	f = frame_of(0, text, sizeof(text), sizeof(text), 0);
	send(f);
	failed(E_TRANSFER_HEADER);
	/* What would steer a terminal. */
	assert_int_equal(header(&h, "\x1b[2J\x7f\x80z", 8), 0);
	assert_string_equal(h.name, "?[2J??z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_crc),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_long_file),
		cmocka_unit_test(test_no_size),
		cmocka_unit_test(test_waits),
		cmocka_unit_test(test_damaged_byte),
		cmocka_unit_test(test_lost_and_extra_byte),
		cmocka_unit_test(test_commands_in_damaged_data),
		cmocka_unit_test(test_single_cancel_and_end),
		cmocka_unit_test(test_end_in_front_of_the_header),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_lost_block),
		cmocka_unit_test(test_noise_for_ever),
		cmocka_unit_test(test_same_block_for_ever),
		cmocka_unit_test(test_end_for_ever),
		cmocka_unit_test(test_errors_are_counted_in_a_row),
		cmocka_unit_test(test_no_sender),
		cmocka_unit_test(test_broken_off),
		cmocka_unit_test(test_silent_at_the_end),
		cmocka_unit_test(test_cancelled),
		cmocka_unit_test(test_too_large),
		cmocka_unit_test(test_shorter_than_said),
		cmocka_unit_test(test_longer_than_said),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_second_file),
		cmocka_unit_test(test_xmodem),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
