// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* Parses and asks nothing: what the other benchmarks' times are taken above. */
#include "bench.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("tc")
int verdict_none(struct __sk_buff *skb)
{
	struct packet pkt = {};

	return bench_packet(skb, &pkt) || !pkt.destination.word[0];
}
