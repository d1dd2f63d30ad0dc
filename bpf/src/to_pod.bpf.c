// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* A pod's device, host side, outbound: what the pod is about to receive. */
#include "judge.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/*
 * Two hooks, one verdict: when a flip came between them, the sender's rules are
 * asked again under this hook's revision. A stamp only ever causes more judging.
 */
static __always_inline enum drop_reason
judge_sender_again(struct __sk_buff *skb, const struct packet *pkt, struct outcome *outcome)
{
	__u32 stamp = skb->tc_index;
	__be32 source = pkt->outer_source;
	struct endpoint *sender;
	__u32 *ifindex;

	if (!(stamp & STAMP_SET) || !((stamp ^ outcome->epoch) & STAMP_EPOCH_MASK))
		return DROP_NONE;
	ifindex = bpf_map_lookup_elem(&local_addresses, &source);
	if (!ifindex)
		return DROP_NONE;
	sender = endpoint_of(*ifindex);
	return sender ? judge(skb, pkt, sender, EGRESS, outcome) : DROP_NONE;
}

SEC("tc")
int to_pod(struct __sk_buff *skb)
{
	struct endpoint *endpoint = endpoint_of(skb->ifindex);
	struct outcome outcome = {
		.direction = INGRESS,
		.ifindex = skb->ifindex,
		.epoch = live_epoch(),
	};
	struct packet pkt = {};
	enum drop_reason why;

	if ((why = check_open(endpoint, outcome.epoch)))
		return drop(skb, &pkt, &outcome, why);
	if ((why = parse(skb, &pkt, INGRESS)))
		return drop(skb, &pkt, &outcome, why);
	if (pkt.kind == PACKET_LINK)
		return pass(skb, &pkt, &outcome);
	if ((why = check_quote(endpoint, &pkt, INGRESS)))
		return drop(skb, &pkt, &outcome, why);
	if ((why = judge_sender_again(skb, &pkt, &outcome)))
		return drop(skb, &pkt, &outcome, why);
	if ((why = judge(skb, &pkt, endpoint, INGRESS, &outcome)))
		return drop(skb, &pkt, &outcome, why);
	return pass(skb, &pkt, &outcome);
}
