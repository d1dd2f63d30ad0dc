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
	enum drop_reason why = parse(skb, pkt, EGRESS);

	pkt->destination = bpf_htonl(BENCH_FIRST_PEER + bpf_get_prandom_u32() % bench_peers);
	barrier_var(pkt->destination);
	return why;
}

#endif
