/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Addresses of both families.
 */
#ifndef HEDDLE_ABI_ADDRESS_H
#define HEDDLE_ABI_ADDRESS_H

#include <linux/types.h>

/* An IPv6 address. Where a packet may be of either family: IPv4 in the first word, the others 0. */
struct address {
	__be32 word[4];
};
_Static_assert(sizeof(struct address) == 16, "address");

#endif
