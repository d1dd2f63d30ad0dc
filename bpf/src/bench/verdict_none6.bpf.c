// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* Parses an IPv6 packet and asks nothing: what verdict_classes6's time is taken above. */
#include "bench.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("tc")
int verdict_none6(struct __sk_buff *skb)
{
	struct packet pkt = {};

	return bench_packet6(skb, &pkt) ||
	       !(pkt.destination.word[0] | pkt.destination.word[1] | pkt.destination.word[3]);
}
