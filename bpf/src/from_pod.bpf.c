// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* A pod's device, host side, inbound: what the pod sends. */
#include "judge.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* The second hook of a packet that stays on this node sees which revision judged it here. */
static __always_inline void stamp(struct __sk_buff *skb, __u32 epoch)
{
	skb->tc_index = (epoch & STAMP_EPOCH_MASK) | STAMP_SET;
}

SEC("tc")
int from_pod(struct __sk_buff *skb)
{
	struct endpoint *endpoint = endpoint_of(skb->ifindex);
	struct outcome outcome = {
		.direction = EGRESS,
		.ifindex = skb->ifindex,
		.epoch = live_epoch(),
	};
	struct packet pkt = {};
	enum drop_reason why;

	if ((why = check_open(endpoint, outcome.epoch)))
		return drop(skb, &pkt, &outcome, why);
	if ((why = parse(skb, &pkt, EGRESS)))
		return drop(skb, &pkt, &outcome, why);
	if ((why = check_source(endpoint, &pkt)))
		return drop(skb, &pkt, &outcome, why);
	stamp(skb, outcome.epoch);
	if (pkt.kind == PACKET_LINK)
		return pass(skb, &pkt, &outcome);
	if ((why = check_quote(endpoint, &pkt, EGRESS)))
		return drop(skb, &pkt, &outcome, why);
	if ((why = judge(skb, &pkt, endpoint, EGRESS, &outcome)))
		return drop(skb, &pkt, &outcome, why);
	return pass(skb, &pkt, &outcome);
}
