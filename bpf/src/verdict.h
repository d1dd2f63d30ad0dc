/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* The image's answer: a fixed number of loads, whatever the policy. */
#ifndef HEDDLE_VERDICT_H
#define HEDDLE_VERDICT_H

#include "parse.h"

/*
 * Which half of the tables. Arithmetic behind a barrier, never a branch: the
 * table loads must depend on the epoch's load by address, the only ordering
 * that arm64 gives for free.
 */
static __always_inline __u32 half_of(__u32 epoch)
{
	__u32 half = epoch & 1;

	barrier_var(half);
	return half;
}

static __always_inline __u16 subject_of(const struct endpoint *endpoint, __u32 half,
					enum direction direction)
{
	return endpoint->subject[half & 1][direction & 1];
}

/* One page's entry. Two sums, not one number of joined bits: kernels before 5.11 lose an OR's bounds. */
static __always_inline __u32 paged(const struct address_pages *pages, __u32 entry, __u32 byte)
{
	const __u32(*page)[ADDRESS_PAGE_ENTRIES] = (const void *)pages->entry;

	return page[entry & ADDRESS_PAGE_MASK][byte & (ADDRESS_PAGE_ENTRIES - 1)];
}

static __always_inline __u32 peer_of_address4(__u32 half, __be32 address)
{
	struct address_root *root = bpf_map_lookup_elem(&address_root, &half);
	struct address_pages *pages = bpf_map_lookup_elem(&address_pages, &half);
	__u32 ip = bpf_ntohl(address);
	__u32 entry;

	if (!root || !pages)
		return PEER_PENDING;
	entry = root->entry[ip >> 16];
	if (entry & ADDRESS_IS_PAGE)
		entry = paged(pages, entry, ip >> 8);
	if (entry & ADDRESS_IS_PAGE)
		entry = paged(pages, entry, ip);
	return entry & ADDRESS_PEER_MASK;
}

/* The n-th half of an address as a number. */
static __always_inline __u64 half_address(const struct address *address, int n)
{
	return (__u64)bpf_ntohl(address->word[2 * n]) << 32 | bpf_ntohl(address->word[2 * n + 1]);
}

/* high, low: the address as two numbers. */
static __always_inline __u32 peer_of_address6(__u32 half, __u64 high, __u64 low)
{
	struct address_root6 *root = bpf_map_lookup_elem(&address_root6, &half);
	struct address_pages6 *pages = bpf_map_lookup_elem(&address_pages6, &half);
	__u32 entry;

	if (!root || !pages)
		return PEER_PENDING;
	entry = root->entry[high >> 48];
	for (int step = 0; step < ADDRESS_STEPS6; step++) {
		const struct address_page6 *page = &pages->page[entry & ADDRESS_PAGE_MASK];
		__u32 following = entry >> ADDRESS_FOLLOWING_SHIFT & 63;
		__u64 second = -(__u64) !!(entry & ADDRESS_IN_SECOND_HALF);

		if (!(entry & ADDRESS_IS_PAGE))
			return entry & ADDRESS_PEER_MASK;
		barrier_var(
			second); /* no branch, of which the verifier would follow both sides at each step */
		if (((high ^ page->before[0]) & page->mask[0]) |
		    ((low ^ page->before[1]) & page->mask[1]))
			return page->otherwise & ADDRESS_PEER_MASK;
		entry = page->entry[(high ^ ((high ^ low) & second)) >> following & 0xff];
	}
	return entry & ADDRESS_IS_PAGE ? PEER_PENDING : entry & ADDRESS_PEER_MASK;
}

static __always_inline __u32 peer_of_address(__u32 half, const struct address *address,
					     enum family family)
{
	return family == IPV6
		       ? peer_of_address6(half, half_address(address, 0), half_address(address, 1))
		       : peer_of_address4(half, address->word[0]);
}

static __always_inline struct control *live_control(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&control, &zero);
}

static __always_inline int is_node_address(const struct address *address, enum family family)
{
	struct control *now = live_control();
	__be32 words = family == IPV6 ? address->word[0] ^ address->word[1] ^ address->word[2] ^
						address->word[3]
				      : address->word[0];
	__u32 bit = bpf_ntohl(words) * (__u32)NODE_FILTER_MULTIPLIER >> NODE_FILTER_SHIFT;

	if (now && now->node_filter_used &&
	    !(now->node_filter[bit / 64 & (NODE_FILTER_WORDS - 1)] >> (bit & 63) & 1))
		return 0;
	if (family == IPV6)
		return bpf_map_lookup_elem(&node_addresses6, address) != NULL;
	return bpf_map_lookup_elem(&node_addresses, &address->word[0]) != NULL;
}

/*
 * This node as a sender. Its address alone is nobody: the packet must be born
 * here. As a destination each of its addresses is a peer of the address tree.
 */
static __always_inline int is_host(struct __sk_buff *skb, enum direction direction,
				   const struct address *address, enum family family)
{
	if (direction == EGRESS || skb->ingress_ifindex)
		return 0;
	return is_node_address(address, family);
}

static __always_inline __u32 peer_of(struct __sk_buff *skb, __u32 half, enum direction direction,
				     const struct address *address, enum family family)
{
	if (is_host(skb, direction, address, family))
		return PEER_HOST;
	return peer_of_address(half, address, family);
}

/* Index into port_class. Ports are in network order; other protocols have none. */
static __always_inline __u32 port_index(__u8 protocol, __be16 destination_port)
{
	__u32 port = bpf_ntohs(destination_port);

	switch (protocol) {
	case IPPROTO_TCP:
		return PORT_SLOT_TCP * PORTS + port;
	case IPPROTO_UDP:
		return PORT_SLOT_UDP * PORTS + port;
	case IPPROTO_SCTP:
		return PORT_SLOT_SCTP * PORTS + port;
	}
	return PORT_SLOT_OTHER * PORTS + protocol;
}

/* What a subject gives a peer at a port, enum action; a denial when a table is missing. */
static __always_inline __u32 verdict(__u32 half, __u16 subject, __u32 peer, __u32 port)
{
	struct image_header *header = bpf_map_lookup_elem(&image_header, &half);
	struct verdict_class *peers = bpf_map_lookup_elem(&verdict_class, &half);
	struct port_class *ports = bpf_map_lookup_elem(&port_class, &half);
	struct verdict_rows *rows_half = bpf_map_lookup_elem(&verdict_rows, &half);
	struct verdict_cells *cells_half = bpf_map_lookup_elem(&verdict_cells, &half);
	__u32 row;

	if (!header || !peers || !ports || !rows_half || !cells_half)
		return ACTION_DENY;
	/* Else the compiler, which knows its range, masks nothing; kernels before 5.11 lose an OR's bounds. */
	barrier_var(port);
	row = subject * header->verdict_classes + peers->of_peer[peer & (PEERS - 1)];
	row = rows_half->row[row & (ROWS - 1)];
	row = row * header->port_classes + ports->of_port[port & (PORT_SLOTS * PORTS - 1)];
	return cells_half->action[row & (CELLS - 1)];
}

static __always_inline int allows(__u32 action)
{
	return action == ACTION_ALLOW;
}

#endif
