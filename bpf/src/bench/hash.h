/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * The usual way, as a yardstick: a hash table from address to identity and one
 * from (identity, protocol, port) to a verdict, asked from exact to general.
 */
#ifndef HEDDLE_BENCH_HASH_H
#define HEDDLE_BENCH_HASH_H

#include "bench.h"

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

static __always_inline int bench_allows(__u32 identity, __u8 protocol, __be16 port)
{
	__u32 *allowed = policy(identity, protocol, port);

	if (!allowed)
		allowed = policy(0, protocol, port);
	if (!allowed)
		allowed = policy(identity, 0, 0);
	if (!allowed)
		allowed = policy(0, 0, 0);
	return allowed && *allowed;
}

#endif
