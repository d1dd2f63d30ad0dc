/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Which revision is in force, how packets carry it, and which addresses are
 * this node's.
 */
#ifndef HEDDLE_ABI_CONTROL_H
#define HEDDLE_ABI_CONTROL_H

#include <linux/types.h>

#include "address.h"

enum control_size {
	NODE_ADDRESS_ENTRIES = 1024,
};

/* The stamp in skb->tc_index: this bit and the low bits of the epoch. */
enum stamp {
	STAMP_SET = 0x8000,
	STAMP_EPOCH_MASK = 0x7fff,
};

/*
 * Which addresses may be in map node_addresses, so that almost no packet has to
 * look there: bit (address * MULTIPLIER >> SHIFT), the address as a number in
 * the machine's order, arithmetic in 32 bits. An IPv6 address is the exclusive or
 * of its four words. The same for map node_addresses6.
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
	__u64 node_netns; /* cookie of the node's network namespace; 0: not known */
	/*
	 * What a service may be at, so that almost no packet has to look: each
	 * service's address but a node's is in the range of its family, each node
	 * port between the two.
	 */
	__be32 service_net4, service_mask4;
	struct address service_net6, service_mask6;
	__u16 node_port_first, node_port_last;
	__u32 service_filter_used; /* 0: the above is not kept, always look */
	__u64 node_filter[NODE_FILTER_WORDS]; /* set the bit after the map's entry */
};
_Static_assert(sizeof(struct control) == 128, "control");

#endif
