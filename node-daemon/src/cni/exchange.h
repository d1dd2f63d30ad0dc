/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HEDDLE_CNI_EXCHANGE_H
#define HEDDLE_CNI_EXCHANGE_H

#include <stddef.h>
#include <stdint.h>

struct buffer {
	char *data;
	size_t length;
};

struct answer {
	uint32_t exit_code;
	struct buffer text;
};

/*
 * Sends one request to the daemon and reads its answer (wire format: README.md).
 * Returns NULL when the answer is complete, else what went wrong, in words; errno says why.
 * The whole takes at most @seconds.
 */
const char *exchange(const char *socket_path, const struct buffer *environment,
		     const struct buffer *config, unsigned int seconds, struct answer *answer);

#endif
