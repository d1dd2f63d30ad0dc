/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * What the daemon hears of packets.
 */
#ifndef HEDDLE_ABI_EVENT_H
#define HEDDLE_ABI_EVENT_H

#include <linux/types.h>
#include "drop_reason.h"
#include "image.h"

enum event_size {
	EVENT_RING_BYTES = 1048576, /* half of it for drops alone */
	EVENT_LIMITS = 2,
};

enum verdict_kind {
	VERDICT_DROPPED = 0,
	VERDICT_ALLOWED = 1, /* by its own direction's tables */
	VERDICT_REPLY = 2, /* by the entry of the flow it answers */
};

/* event.peer of a packet that was dropped before anybody asked who its peer is. Above every peer id. */
enum event_peer {
	EVENT_PEER_NOT_ASKED = 0x10000,
};

/*
 * One record of the ring: a drop, or a packet that passes and begins a flow; both up to
 * a limit of their own.
 */
struct event {
	__u64 time_ns; /* CLOCK_MONOTONIC */
	__u8 source[16]; /* the family is ethertype's; IPv4 in the first four bytes */
	__u8 destination[16];
	__be16 source_port;
	__be16 destination_port;
	__be16 ethertype;
	__u8 protocol;
	__u8 direction; /* enum direction of the hook that judged */
	__u8 verdict; /* VERDICT_DROPPED or VERDICT_ALLOWED */
	__u8 reason; /* enum drop_reason */
	__u16 length; /* of the packet, at most 65535 */
	__u32 cell; /* rule index and action, as in the tables */
	__u32 epoch;
	__u32 ifindex; /* of the endpoint judged */
	__u32 peer; /* peer id, or EVENT_PEER_NOT_ASKED */
	__u32 suppressed; /* of this verdict, on this CPU, that got no record before this */
	__u32 spare;
};
_Static_assert(sizeof(struct event) == 80, "event");

/* Index: direction * DROP_REASON_COUNT + reason. */
struct counter {
	__u64 packets;
	__u64 bytes;
};
_Static_assert(sizeof(struct counter) == 16, "counter");

/*
 * Per CPU: how many records may still be written this second, and what was not written.
 * Index: their verdict, VERDICT_DROPPED or VERDICT_ALLOWED.
 */
struct event_tokens {
	__u64 window_ns;
	__u32 left;
	__u32 suppressed; /* since the last record */
	__u64 limited; /* packets without a record because of the limit, ever */
	__u64 lost; /* records that found no room in the ring, ever */
};
_Static_assert(sizeof(struct event_tokens) == 32, "event_tokens");

#endif
