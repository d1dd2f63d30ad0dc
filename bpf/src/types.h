/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Every struct and enum that the programs and the daemon share, and nothing
 * else. Java layouts are generated from the BTF of these. Fields whose name
 * begins with "spare" are zero and are there so that a later version can use
 * them without a new map. Addresses and ports of packets are in network order
 * (__be), everything else is in the machine's order.
 */
#ifndef HEDDLE_TYPES_H
#define HEDDLE_TYPES_H

#include <linux/types.h>

#include "drop_reason.h"

enum table_size {
	HALVES = 2,
	DIRECTIONS = 2,
	ENDPOINTS = 65536,
	ADDRESS_ROOT_ENTRIES = 65536,
	ADDRESS_PAGES = 2048,
	ADDRESS_PAGE_ENTRIES = 256,
	PEERS = 65536,
	PORT_SLOTS = 4,
	PORTS = 65536,
	ROWS = 524288,
	CELLS = 524288,
	CONNTRACK_ENTRIES = 262144,
	FRAGMENT_ENTRIES = 8192,
	LOCAL_ADDRESS_ENTRIES = 65536,
	NODE_ADDRESS_ENTRIES = 1024,
	SERVICE_ENTRIES = 65536,
	BACKEND_ENTRIES = 262144,
	REVERSE_ENTRIES = 65536,
	EVENT_RING_BYTES = 1048576,
};

enum direction {
	INGRESS = 0, /* towards the pod */
	EGRESS = 1, /* from the pod */
};

/* Peer ids with a fixed meaning; the planner numbers the others from FIRST. */
enum peer_id {
	PEER_WORLD = 0, /* no identity and no named range */
	PEER_HOST = 1, /* this node; never in the address tables */
	PEER_PENDING = 2, /* a pod address whose identity is not known yet */
	PEER_FIRST = 3,
};

/*
 * First index of the port_class table. Slot OTHER is indexed by the IP
 * protocol number, the others by the destination port.
 */
enum port_slot {
	PORT_SLOT_OTHER = 0,
	PORT_SLOT_TCP = 1,
	PORT_SLOT_UDP = 2,
	PORT_SLOT_SCTP = 3,
};

/* An address entry with this bit holds a page's index, else a peer id. */
enum address_entry {
	ADDRESS_IS_PAGE = 0x80000000,
	ADDRESS_PAGE_MASK = 0x000007ff,
	ADDRESS_PEER_MASK = 0x0000ffff,
};

/* A cell: action in bits 31..30, rule index + 1 in bits 23..0 (0: no rule). */
enum cell_bits {
	CELL_ACTION_SHIFT = 30,
	CELL_RULE_MASK = 0x00ffffff,
};

enum action {
	ACTION_DENY = 0,
	ACTION_ALLOW = 1,
	ACTION_REDIRECT = 2, /* reserved: steer to the proxy */
};

/* The stamp in skb->tc_index: this bit and the low bits of the epoch. */
enum stamp {
	STAMP_SET = 0x8000,
	STAMP_EPOCH_MASK = 0x7fff,
};

/*
 * Which addresses may be in map node_addresses, so that almost no packet has to
 * look there: bit (address * MULTIPLIER >> SHIFT), the address as a number in
 * the machine's order, arithmetic in 32 bits.
 */
enum node_filter {
	NODE_FILTER_WORDS = 8,
	NODE_FILTER_SHIFT = 23,
	NODE_FILTER_MULTIPLIER = 0x9e3779b1,
};

/* Map control: one entry. The half in force is epoch & 1. */
struct control {
	__u32 epoch;
	__u32 node_filter_used; /* 0: the filter is not kept, always look */
	__u32 spare[14];
	__u64 node_filter[NODE_FILTER_WORDS]; /* set the bit after the map's entry */
};
_Static_assert(sizeof(struct control) == 128, "control");

/* The dimensions of one half. */
struct image_header {
	__u32 revision; /* the epoch this half was written for */
	__u32 classes; /* peer classes: the stride of rows */
	__u32 port_classes; /* the stride of cells */
	__u32 subjects;
	__u32 row_ids;
	__u32 spare[11];
};
_Static_assert(sizeof(struct image_header) == 64, "image_header");

/* IPv4 address to peer: strides of 16, 8 and 8 bits. */
struct address_root {
	__u32 entry[ADDRESS_ROOT_ENTRIES];
};
_Static_assert(sizeof(struct address_root) == 262144, "address_root");

struct address_pages {
	__u32 entry[ADDRESS_PAGES * ADDRESS_PAGE_ENTRIES];
};
_Static_assert(sizeof(struct address_pages) == 2097152, "address_pages");

struct peer_class {
	__u16 of_peer[PEERS];
};
_Static_assert(sizeof(struct peer_class) == 131072, "peer_class");

/* Index: slot * PORTS + port. */
struct port_class {
	__u16 of_port[PORT_SLOTS * PORTS];
};
_Static_assert(sizeof(struct port_class) == 524288, "port_class");

/* Index: subject * image_header.classes + peer class. Value: row id. */
struct rows {
	__u16 row[ROWS];
};
_Static_assert(sizeof(struct rows) == 1048576, "rows");

/* Index: row id * image_header.port_classes + port class. */
struct cells {
	__u32 cell[CELLS];
};
_Static_assert(sizeof(struct cells) == 2097152, "cells");

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
	__be32 ipv4;
	__u32 incarnation;
	__u8 mac[6]; /* the pod's; all zero: not checked */
	__u8 spare0[2];
	__u16 subject[HALVES][DIRECTIONS]; /* [half][enum direction] */
	__u8 half_flags[HALVES]; /* enum endpoint_half_flag; the open bits are only ever savings */
	__u8 spare1[6];
	__u8 spare_ipv6[16];
	__u8 spare2[8];
};
_Static_assert(sizeof(struct endpoint) == 64, "endpoint");

/* Same index as endpoints. Counted up by programs, recounted by the daemon. */
struct endpoint_usage {
	__u32 conntrack_entries;
	__u32 spare;
};
_Static_assert(sizeof(struct endpoint_usage) == 8, "endpoint_usage");

/* A flow as its endpoint sees it. ICMP echo: local_port = id, remote_port 0. */
struct ct4_key {
	__be32 local; /* the endpoint's address */
	__be32 remote;
	__be16 local_port;
	__be16 remote_port;
	__u8 protocol;
	__u8 zero[3];
};
_Static_assert(sizeof(struct ct4_key) == 16, "ct4_key");

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
};

/* The layout is an ABI: entries outlive the daemon's version. */
struct ct_entry {
	__u64 last_seen_ns; /* CLOCK_MONOTONIC */
	__u64 judged; /* enum ct_judged */
	__u32 ifindex; /* the endpoint's, with its incarnation */
	__u32 incarnation;
	__u32 cell; /* of that judgement; for people */
	__u8 origin; /* enum direction of the first packet */
	__u8 state; /* enum ct_state */
	__u8 flags; /* enum ct_flag */
	__u8 spare0;
	__u64 created_ns;
	__u64 spare1[3];
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

struct fragment4 {
	__be16 source_port;
	__be16 destination_port;
	__u8 kind; /* enum packet_kind of parse.h */
	__u8 spare[3];
};
_Static_assert(sizeof(struct fragment4) == 8, "fragment4");

struct service4_key {
	__be32 address;
	__be16 port;
	__u8 protocol;
	__u8 zero;
};
_Static_assert(sizeof(struct service4_key) == 8, "service4_key");

/*
 * A service's ready backends are slots 0..backends-1 of a backend set. A
 * change is a new set: write its backends, replace this value, delete the old
 * set's backends.
 */
struct service4 {
	__u32 backend_set;
	__u32 backends; /* 0: connect is refused */
	__u32 flags;
	__u32 spare;
};
_Static_assert(sizeof(struct service4) == 16, "service4");

struct backend4_key {
	__u32 backend_set;
	__u32 slot;
};
_Static_assert(sizeof(struct backend4_key) == 8, "backend4_key");

struct backend4 {
	__be32 address;
	__be16 port;
	__u16 spare;
};
_Static_assert(sizeof(struct backend4) == 8, "backend4");

/* The service address behind which a socket reached a backend. */
struct reverse4_key {
	__u64 cookie; /* bpf_get_socket_cookie */
	__be32 address; /* the backend's */
	__be16 port;
	__u8 protocol;
	__u8 zero;
};
_Static_assert(sizeof(struct reverse4_key) == 16, "reverse4_key");

struct reverse4 {
	__be32 address;
	__be16 port;
	__u16 spare;
};
_Static_assert(sizeof(struct reverse4) == 8, "reverse4");

enum verdict_kind {
	VERDICT_DROPPED = 0,
	VERDICT_ALLOWED = 1, /* by its own direction's tables */
	VERDICT_REPLY = 2, /* by the entry of the flow it answers */
};

/* One record of the ring: every limited drop, sampled passes. */
struct event {
	__u64 time_ns; /* CLOCK_MONOTONIC */
	__u8 source[16]; /* IPv4 in the first four bytes */
	__u8 destination[16];
	__be16 source_port;
	__be16 destination_port;
	__be16 ethertype;
	__u8 protocol;
	__u8 direction; /* enum direction of the hook that judged */
	__u8 verdict; /* enum verdict_kind */
	__u8 reason; /* enum drop_reason */
	__u16 length; /* of the packet, at most 65535 */
	__u32 cell; /* rule index and action, as in the tables */
	__u32 epoch;
	__u32 ifindex; /* of the endpoint judged */
	__u32 peer; /* peer id */
	__u32 suppressed; /* drops on this CPU that got no record before this */
	__u32 spare;
};
_Static_assert(sizeof(struct event) == 80, "event");

/* Index: direction * DROP_REASON_COUNT + reason. */
struct counter {
	__u64 packets;
	__u64 bytes;
};
_Static_assert(sizeof(struct counter) == 16, "counter");

/* Per CPU: how many drop records may still be written this second, and what was not written. */
struct event_tokens {
	__u64 window_ns;
	__u32 left;
	__u32 suppressed; /* since the last record */
	__u64 limited; /* drops without a record because of the limit, ever */
	__u64 lost; /* records that found no room in the ring, ever */
};
_Static_assert(sizeof(struct event_tokens) == 32, "event_tokens");

enum config_flag {
	CONFIG_SET_RETVAL = 1, /* bpf_set_retval exists (kernel 5.18) */
};

/*
 * Node configuration: variable "config", the only content of .rodata, set
 * before load so that the verifier removes what is off.
 */
struct node_config {
	__u64 tcp_new_ns;
	__u64 tcp_established_ns;
	__u64 tcp_closing_ns;
	__u64 udp_ns;
	__u64 icmp_ns;
	__u32 conntrack_budget; /* entries for one endpoint */
	__u32 sample_passed; /* one record in so many passed packets; 0: none */
	__u32 drop_events; /* records per second and CPU */
	__u32 flags; /* enum config_flag */
};
_Static_assert(sizeof(struct node_config) == 56, "node_config");

#endif
