/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * What the programs of the verdict benchmark share. Each parses the packet,
 * draws a peer, and asks its tables; verdict_none asks nothing, so that its
 * time is what the others' is compared with.
 */
#ifndef HEDDLE_BENCH_H
#define HEDDLE_BENCH_H

#include "../verdict.h"

#define BENCH_FIRST_PEER 0x0a400001 /* 10.64.0.1 */

/* How many peers, addresses FIRST_PEER and up; set before load. */
const volatile __u32 bench_peers = 1;

/* The packet's destination, replaced by a random one of the peers. */
static __always_inline enum drop_reason bench_packet(struct __sk_buff *skb, struct packet *pkt)
{
	enum drop_reason why = parse_link(skb, pkt);

	if (why)
		return why;
	why = parse(skb, pkt, EGRESS, IPV4);

	pkt->destination.word[0] =
		bpf_htonl(BENCH_FIRST_PEER + bpf_get_prandom_u32() % bench_peers);
	barrier_var(pkt->destination.word[0]);
	return why;
}

/*
 * The same for IPv6: pods as nodes number them, BENCH_PODS_PER_NODE in the /64
 * of each, fd00:10:244:NODE::POD.
 */
#define BENCH_PODS_PER_NODE 64

static __always_inline enum drop_reason bench_packet6(struct __sk_buff *skb, struct packet *pkt)
{
	__u32 peer = bpf_get_prandom_u32() % bench_peers;
	enum drop_reason why = parse_link(skb, pkt);

	if (why)
		return why;
	why = parse(skb, pkt, EGRESS, IPV6);
	pkt->destination.word[0] = bpf_htonl(0xfd000010);
	pkt->destination.word[1] = bpf_htonl(0x02440000 | peer / BENCH_PODS_PER_NODE);
	pkt->destination.word[2] = 0;
	pkt->destination.word[3] = bpf_htonl(1 + peer % BENCH_PODS_PER_NODE);
	barrier_var(pkt->destination.word[0]);
	barrier_var(pkt->destination.word[1]);
	barrier_var(pkt->destination.word[3]);
	return why;
}

#endif
