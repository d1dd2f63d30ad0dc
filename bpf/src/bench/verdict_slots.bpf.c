// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/*
 * The other way to flip: a whole image is one map behind the slot of a map of
 * maps, and an update of the slot makes it live. The same tables and the same
 * loads as verdict_classes, behind two lookups instead of seven.
 */
#include "bench.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct bench_image {
	struct image_header header;
	struct address_root root;
	struct address_pages pages;
	struct verdict_class peers;
	struct port_class ports;
	struct verdict_rows rows;
	struct verdict_cells cells;
};

struct bench_image_map {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, __u32);
	__type(value, struct bench_image);
} bench_image_a SEC(".maps"), bench_image_b SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct bench_image_map);
} bench_live SEC(".maps") = {
	.values = { (void *)&bench_image_a },
};

static __always_inline __u32 peer_in(const struct bench_image *image, __be32 address)
{
	__u32 ip = bpf_ntohl(address);
	__u32 entry = image->root.entry[ip >> 16];

	if (entry & ADDRESS_IS_PAGE)
		entry = image->pages.entry[(entry & ADDRESS_PAGE_MASK) << 8 | (ip >> 8 & 0xff)];
	if (entry & ADDRESS_IS_PAGE)
		entry = image->pages.entry[(entry & ADDRESS_PAGE_MASK) << 8 | (ip & 0xff)];
	return entry & ADDRESS_PEER_MASK;
}

static __always_inline __u32 verdict_in(const struct bench_image *image, __u32 peer, __u32 port)
{
	__u32 row = image->peers.of_peer[peer & (PEERS - 1)];

	row = image->rows.row[row & (ROWS - 1)];
	row = row * image->header.port_classes +
	      image->ports.of_port[port & (PORT_SLOTS * PORTS - 1)];
	return image->cells.action[row & (CELLS - 1)];
}

SEC("tc")
int verdict_slots(struct __sk_buff *skb)
{
	struct packet pkt = {};
	struct bench_image *image;
	__u32 zero = 0, peer;
	void *live;

	if (bench_packet(skb, &pkt))
		return 1;
	live = bpf_map_lookup_elem(&bench_live, &zero);
	image = live ? bpf_map_lookup_elem(live, &zero) : NULL;
	if (!image)
		return 1;
	peer = is_host(skb, EGRESS, &pkt.destination, IPV4)
		       ? (__u32)PEER_HOST
		       : peer_in(image, pkt.destination.word[0]);
	return !allows(verdict_in(image, peer, port_index(pkt.protocol, pkt.destination_port)));
}
