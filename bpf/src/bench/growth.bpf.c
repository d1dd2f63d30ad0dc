// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/*
 * The real from_pod, on a packet whose destination is drawn before each run, since a
 * test run repeats one packet; and the draw alone, so that its time can be taken off.
 */
#include "bench.h"

/* The program itself becomes a plain function. */
#undef SEC
#define SEC(NAME)
#define LICENSE unused_license
#include "../from_pod.bpf.c"
#undef LICENSE

__attribute__((section("license"))) char LICENSE[] = "Dual BSD/GPL";

/* Every program draws alike, in an order of its own. */
static __always_inline int draw(struct __sk_buff *skb)
{
	__u32 peer = bpf_get_prandom_u32() % bench_peers;
	struct ethhdr *eth = header(skb, 0, sizeof(*eth) + sizeof(struct ipv6hdr));
	struct iphdr *ip = (void *)(eth + 1);
	struct ipv6hdr *ip6 = (void *)(eth + 1);

	if (!eth)
		return 0;
	if (eth->h_proto == bpf_htons(ETH_P_IP)) {
		ip->daddr = bpf_htonl(BENCH_FIRST_PEER + peer);
		return 1;
	}
	ip6->daddr.in6_u.u6_addr32[1] = bpf_htonl(0x02440000 | peer / BENCH_PODS_PER_NODE);
	ip6->daddr.in6_u.u6_addr32[3] = bpf_htonl(1 + peer % BENCH_PODS_PER_NODE);
	return 1;
}

__attribute__((section("tc"))) int drawn(struct __sk_buff *skb)
{
	return draw(skb) ? TC_ACT_UNSPEC : TC_ACT_SHOT;
}

__attribute__((section("tc"))) int drawn_from_pod(struct __sk_buff *skb)
{
	return draw(skb) ? from_pod(skb) : TC_ACT_SHOT;
}
