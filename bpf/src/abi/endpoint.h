/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * This node's pods.
 */
#ifndef HEDDLE_ABI_ENDPOINT_H
#define HEDDLE_ABI_ENDPOINT_H

#include <linux/types.h>
#include "address.h"
#include "image.h"

enum endpoint_size {
	ENDPOINTS = 65536,
	LOCAL_ADDRESS_ENTRIES = 65536,
};

enum endpoint_flag {
	ENDPOINT_CLOSED = 1, /* drop everything, in both directions */
};

/* Bits of endpoint.half_flags: what one revision says of an endpoint beyond its subjects. */
enum endpoint_half_flag {
	HALF_OPEN_INGRESS =
		1, /* 1 << INGRESS: no rule can deny that direction, so replies need no entry */
	HALF_OPEN_EGRESS = 2, /* 1 << EGRESS */
	HALF_CLOSED = 128, /* drop everything while this half is live */
};

/*
 * One pod: slot ifindex & 0xffff of map endpoints, valid if .ifindex is the
 * device's. To add one: write all but ifindex, then ifindex with release
 * order. To remove one: ifindex = 0. Incarnation differs for every endpoint
 * ever written, so that a reused ifindex inherits no conntrack entry.
 */
struct endpoint {
	__u32 ifindex;
	__u32 flags; /* enum endpoint_flag */
	__be32 ipv4; /* 0: it has none */
	__u32 incarnation;
	__u8 mac[6]; /* the pod's; all zero: not checked */
	__u8 spare0[2];
	__u16 subject[HALVES][DIRECTIONS]; /* [half][enum direction] */
	__u8 half_flags[HALVES]; /* enum endpoint_half_flag; the open bits are only ever savings */
	__u8 spare1[6];
	struct address ipv6; /* all zero: it has none */
	__u8 translated
		[PORT_SLOTS]; /* by a protocol's low bits. 1: packets of it were translated, replies may have to be, too */
	__u8 spare2[4];
};
_Static_assert(sizeof(struct endpoint) == 64, "endpoint");

enum endpoint_usage_unit {
	NO_ROOM_SHIFT = 30, /* of nanoseconds: a little more than a second */
};

/* Same index as endpoints. */
struct endpoint_usage {
	__u32 conntrack_entries; /* counted up by programs, recounted by the daemon */
	__u32 no_room; /* when a TCP flow last went on without an entry: 1 + CLOCK_MONOTONIC >> NO_ROOM_SHIFT; 0: never */
};
_Static_assert(sizeof(struct endpoint_usage) == 8, "endpoint_usage");

#endif
