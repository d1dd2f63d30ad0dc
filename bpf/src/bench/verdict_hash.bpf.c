// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/*
 * The usual way, as a yardstick: a hash table from address to identity and one
 * from (identity, protocol, port) to a verdict, asked from exact to general.
 */
#include "bench.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

enum bench_size {
	BENCH_ADDRESSES = 65536,
	BENCH_POLICIES = 131072,
};

struct bench_policy_key {
	__u32 identity; /* 0: any */
	__be16 port; /* 0: any */
	__u8 protocol; /* 0: any */
	__u8 egress;
};
_Static_assert(sizeof(struct bench_policy_key) == 8, "bench_policy_key");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, BENCH_ADDRESSES);
	__type(key, __be32);
	__type(value, __u32);
} bench_identity SEC(".maps");

/* Value: 1 allows. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, BENCH_POLICIES);
	__type(key, struct bench_policy_key);
	__type(value, __u32);
} bench_policy SEC(".maps");

static __always_inline __u32 *policy(__u32 identity, __u8 protocol, __be16 port)
{
	struct bench_policy_key key = {
		.identity = identity,
		.port = port,
		.protocol = protocol,
		.egress = 1,
	};

	return bpf_map_lookup_elem(&bench_policy, &key);
}

SEC("tc")
int verdict_hash(struct __sk_buff *skb)
{
	struct packet pkt = {};
	__u32 *identity, *allowed;

	if (bench_packet(skb, &pkt))
		return 1;
	identity = bpf_map_lookup_elem(&bench_identity, &pkt.destination);
	if (!identity)
		return 1;
	allowed = policy(*identity, pkt.protocol, pkt.destination_port);
	if (!allowed)
		allowed = policy(0, pkt.protocol, pkt.destination_port);
	if (!allowed)
		allowed = policy(*identity, 0, 0);
	if (!allowed)
		allowed = policy(0, 0, 0);
	return !allowed || !*allowed;
}
