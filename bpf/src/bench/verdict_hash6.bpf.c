// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* The usual way for IPv6: as verdict_hash, with the longer address as key of the first table. */
#include "hash.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, BENCH_ADDRESSES);
	__type(key, struct address);
	__type(value, __u32);
} bench_identity SEC(".maps");

SEC("tc")
int verdict_hash6(struct __sk_buff *skb)
{
	struct packet pkt = {};
	__u32 *identity;

	if (bench_packet6(skb, &pkt))
		return 1;
	identity = bpf_map_lookup_elem(&bench_identity, &pkt.destination);
	return !identity || !bench_allows(*identity, pkt.protocol, pkt.destination_port);
}
