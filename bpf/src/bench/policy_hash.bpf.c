// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/*
 * A pod's device, inbound, as systems with a policy map for each endpoint judge
 * it: the longest prefix gives the identity, hash tables the verdict. No
 * conntrack, no anti-spoofing, no counters, no events. IPv4.
 */
#include <linux/pkt_cls.h>

#include "hash.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct bench_prefix {
	__u32 length; /* in bits */
	__be32 address;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, BENCH_ADDRESSES);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct bench_prefix);
	__type(value, __u32);
} bench_prefixes SEC(".maps");

SEC("tc")
int policy_hash(struct __sk_buff *skb)
{
	struct packet pkt = {};
	struct bench_prefix address = { .length = 32 };
	__u32 *identity;

	if (parse_link(skb, &pkt))
		return TC_ACT_SHOT;
	if (family_of(&pkt) == IPV6)
		return TC_ACT_UNSPEC;
	if (parse(skb, &pkt, EGRESS, IPV4))
		return TC_ACT_SHOT;
	if (pkt.kind == PACKET_LINK)
		return TC_ACT_UNSPEC;
	address.address = pkt.destination.word[0];
	identity = bpf_map_lookup_elem(&bench_prefixes, &address);
	if (!identity || !bench_allows(*identity, pkt.protocol, pkt.destination_port))
		return TC_ACT_SHOT;
	return TC_ACT_UNSPEC;
}
