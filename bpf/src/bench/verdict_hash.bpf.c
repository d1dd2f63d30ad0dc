// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* The usual way, from address to identity to verdict. */
#include "hash.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, BENCH_ADDRESSES);
	__type(key, __be32);
	__type(value, __u32);
} bench_identity SEC(".maps");

SEC("tc")
int verdict_hash(struct __sk_buff *skb)
{
	struct packet pkt = {};
	__u32 *identity;

	if (bench_packet(skb, &pkt))
		return 1;
	identity = bpf_map_lookup_elem(&bench_identity, &pkt.destination.word[0]);
	return !identity || !bench_allows(*identity, pkt.protocol, pkt.destination_port);
}
