/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * One revision of a node's policy as tables. Every table exists twice, as the
 * halves 0 and 1 of its map. Two chains of them lead from a peer and a port to an
 * answer. verdict_class, verdict_rows and verdict_cells say what a packet gets, and
 * are as small as the number of different verdicts. peer_class, rows and cells say
 * the same and which rule decided; they are read when somebody asks for that.
 */
#ifndef HEDDLE_ABI_IMAGE_H
#define HEDDLE_ABI_IMAGE_H

#include <linux/types.h>

enum image_size {
	HALVES = 2,
	DIRECTIONS = 2,
	ADDRESS_ROOT_ENTRIES = 65536,
	ADDRESS_PAGES = 2048,
	ADDRESS_PAGE_ENTRIES = 256,
	ADDRESS_STEPS6 = 14, /* pages on the longest way to an IPv6 address */
	PEERS = 65536,
	PORT_SLOTS = 4,
	PORTS = 65536,
	ROWS = 524288,
	CELLS = 524288,
};

enum direction {
	INGRESS = 0, /* towards the pod */
	EGRESS = 1, /* from the pod */
};

/* Peer ids with a fixed meaning; the planner numbers the others from FIRST. */
enum peer_id {
	PEER_WORLD = 0, /* no identity and no named range */
	PEER_HOST = 1, /* this node as a sender; never in the address tables */
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

/*
 * An address entry with the first bit holds a page's index, else a peer id. With an
 * IPv6 page's index goes by which byte of the address it is asked, so that nobody
 * waits for the page to know: how many bits of its half follow that byte, and
 * whether that half is the second.
 */
enum address_entry {
	ADDRESS_IS_PAGE = 0x80000000,
	ADDRESS_PAGE_MASK = 0x000007ff,
	ADDRESS_PEER_MASK = 0x0000ffff,
	ADDRESS_FOLLOWING_SHIFT = 16, /* 6 bits */
	ADDRESS_IN_SECOND_HALF = 0x00400000,
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

/* The dimensions of one half. */
struct image_header {
	__u32 revision; /* the epoch this half was written for */
	__u32 classes; /* peer classes: the stride of rows */
	__u32 port_classes; /* the stride of cells */
	__u32 subjects;
	__u32 row_ids;
	__u32 verdict_classes; /* the stride of verdict_rows */
	__u32 spare[10];
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

/*
 * IPv6 address to peer: a stride of 16 bits, then pages of one byte each. Bytes
 * in which no two known prefixes differ have no page: a page says what all
 * address bits before its own byte must be, and what an address is that has
 * others. So the bytes of a page on the way only grow, 2 to 15.
 */
struct address_root6 {
	__u32 entry[ADDRESS_ROOT_ENTRIES];
};
_Static_assert(sizeof(struct address_root6) == 262144, "address_root6");

struct address_page6 {
	__u64 before[2]; /* the address's bits before this page's byte, as numbers; else 0 */
	__u64 mask[2]; /* which bits these are */
	__u32 otherwise; /* peer id of an address with other bits */
	__u8 spare[28];
	__u32 entry[ADDRESS_PAGE_ENTRIES];
};
_Static_assert(sizeof(struct address_page6) == 1088, "address_page6");

struct address_pages6 {
	struct address_page6 page[ADDRESS_PAGES];
};
_Static_assert(sizeof(struct address_pages6) == 2228224, "address_pages6");

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

/* Peers of one class get the same verdict from every subject at every port, by whichever rule. */
struct verdict_class {
	__u16 of_peer[PEERS];
};
_Static_assert(sizeof(struct verdict_class) == 131072, "verdict_class");

/* Index: subject * image_header.verdict_classes + verdict class. Value: row of verdict_cells. */
struct verdict_rows {
	__u16 row[ROWS];
};
_Static_assert(sizeof(struct verdict_rows) == 1048576, "verdict_rows");

/* Index: row * image_header.port_classes + port class. Value: enum action. */
struct verdict_cells {
	__u8 action[CELLS];
};
_Static_assert(sizeof(struct verdict_cells) == 524288, "verdict_cells");

#endif
