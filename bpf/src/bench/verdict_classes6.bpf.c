// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* Heddle's verdict of an IPv6 packet: the host's addresses, the tree, the class tables. Subject 0, egress. */
#include "bench.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("tc")
int verdict_classes6(struct __sk_buff *skb)
{
	struct packet pkt = {};
	struct control *now = live_control();
	__u32 half, peer;

	if (bench_packet6(skb, &pkt) || !now)
		return 1;
	half = half_of(*(volatile __u32 *)&now->epoch);
	peer = peer_of(skb, half, EGRESS, &pkt.destination, IPV6);
	return !allows(verdict(half, 0, peer, port_index(pkt.protocol, pkt.destination_port)));
}
