/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Flows that are known. Entries outlive the daemon's version; a family has a
 * key of its own and shares the entry.
 */
#ifndef HEDDLE_ABI_FLOW_H
#define HEDDLE_ABI_FLOW_H

#include <linux/types.h>
#include "address.h"

enum flow_size {
	CONNTRACK_ENTRIES = 262144,
	FRAGMENT_ENTRIES = 8192,
};

/* What a key's remote end is. */
enum ct_side {
	CT_SIDE_PEER = 0, /* who has the flow's other end */
	CT_SIDE_SERVICE = 1, /* a service; the entry says to which backend the flow goes */
};

/* A flow as its endpoint sees it. ICMP echo: local_port = id, remote_port 0. */
struct ct4_key {
	__be32 local; /* the endpoint's address */
	__be32 remote;
	__be16 local_port;
	__be16 remote_port;
	__u8 protocol;
	__u8 side; /* enum ct_side */
	__u8 zero[2];
};
_Static_assert(sizeof(struct ct4_key) == 16, "ct4_key");

struct ct6_key {
	struct address local;
	struct address remote;
	__be16 local_port;
	__be16 remote_port;
	__u8 protocol;
	__u8 side; /* enum ct_side */
	__u8 zero[2];
};
_Static_assert(sizeof(struct ct6_key) == 40, "ct6_key");

enum ct_state {
	CT_NEW = 0, /* only the first packet was seen */
	CT_ESTABLISHED = 1, /* TCP: answered; others: answered or repeated */
	CT_CLOSING = 2, /* TCP: a FIN or RST was seen */
};

/*
 * ct_entry.judged: which revision judged the flow's original direction last,
 * for which peer, and what came out. One word, stored at once, so that packets
 * judged by two revisions during a flip cannot mix their results.
 */
enum ct_judged {
	JUDGED_PEER_SHIFT = 32, /* 16 bits of peer id; the epoch is below */
	JUDGED_DENIED_SHIFT = 48, /* 1: denied; the entry grants nothing */
};

enum ct_flag {
	CT_SEEDED = 1, /* written by the daemon, from a socket */
	CT_TRANSLATED = 2, /* .other says what stands in its packets at the endpoint */
};

/*
 * The other address of a flow to a service: the service's in the entry of the
 * flow to the backend, the backend's in that of the service's side.
 */
struct ct_other {
	struct address address; /* as packets of its family have it: IPv4 in the first word */
	__be16 port;
	__be16 own_port; /* 0, or the backend is the pod: packets come back, from the service's address and this port */
	__u32 backend_set; /* of the service's side: from which the backend is */
};
_Static_assert(sizeof(struct ct_other) == 24, "ct_other");

/* The layout is an ABI: entries outlive the daemon's version. */
struct ct_entry {
	__u64 last_seen_ns; /* CLOCK_MONOTONIC */
	__u64 judged; /* enum ct_judged */
	__u32 ifindex; /* the endpoint's, with its incarnation */
	__u32 incarnation;
	__u32 cell; /* nobody writes or reads it; its name is part of the ABI */
	__u8 origin; /* enum direction of the first packet */
	__u8 state; /* enum ct_state */
	__u8 flags; /* enum ct_flag */
	__u8 spare0;
	__u64 created_ns;
	struct ct_other other;
};
_Static_assert(sizeof(struct ct_entry) == 64, "ct_entry");

/* A datagram in fragments: what its first one said. */
struct fragment4_key {
	__be32 source;
	__be32 destination;
	__be16 id;
	__u8 protocol;
	__u8 direction;
	__u32 ifindex;
};
_Static_assert(sizeof(struct fragment4_key) == 16, "fragment4_key");

/* Of IPv6 the identification is the sender's for all protocols, RFC 8200 section 4.5. */
struct fragment6_key {
	struct address source;
	struct address destination;
	__be32 id;
	__u32 ifindex;
	__u8 direction;
	__u8 zero[3];
};
_Static_assert(sizeof(struct fragment6_key) == 44, "fragment6_key");

struct first_fragment {
	__be16 source_port;
	__be16 destination_port;
	__u8 kind; /* enum packet_kind of packet.h */
	__u8 protocol;
	__u8 spare[2];
};
_Static_assert(sizeof(struct first_fragment) == 8, "first_fragment");

#endif
