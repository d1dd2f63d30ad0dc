// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* A pod's device, host side, inbound: what the pod sends. */
#include "to_backend.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* The second hook of a packet that stays on this node sees which revision judged it here. */
static __always_inline void stamp(struct __sk_buff *skb, __u32 epoch)
{
	skb->tc_index = (epoch & STAMP_EPOCH_MASK) | STAMP_SET;
}

static __always_inline enum drop_reason judge_leaving(struct __sk_buff *skb, struct packet *pkt,
						      const struct endpoint *endpoint,
						      struct outcome *outcome, enum family family)
{
	enum drop_reason why;

	if ((why = parse(skb, pkt, EGRESS, family)))
		return why;
	if ((why = check_source(skb, endpoint, pkt, family)))
		return why;
	stamp(skb, outcome->epoch);
	if (pkt->kind == PACKET_LINK)
		return DROP_NONE;
	if ((why = check_quote(endpoint, pkt, EGRESS, family)))
		return why;
	if (may_name_service(pkt, family))
		return put_aside(pkt, outcome);
	return judge(skb, pkt, endpoint, EGRESS, outcome, NULL, family);
}

static __always_inline int leave(struct __sk_buff *skb, struct packet *pkt,
				 const struct endpoint *endpoint, struct outcome *outcome,
				 enum family family)
{
	enum drop_reason why = judge_leaving(skb, pkt, endpoint, outcome, family);

	if (why == PUT_ASIDE)
		return family == IPV6 ? ACT_ASIDE6 : ACT_ASIDE4;
	return why ? drop(skb, pkt, outcome, why, family) : pass(skb, pkt, outcome, family);
}

/* Not inlined: what goes on with a packet that is put aside has no use for its stack. */
__attribute__((noinline)) int leave_or_put_aside(struct __sk_buff *skb)
{
	struct endpoint *endpoint = endpoint_of(skb->ifindex);
	struct outcome outcome = {
		.direction = EGRESS,
		.ifindex = skb->ifindex,
		.epoch = live_epoch(),
		.peer = EVENT_PEER_NOT_ASKED,
	};
	struct packet pkt = {};
	enum drop_reason why;

	if ((why = check_open(endpoint, outcome.epoch)))
		return drop(skb, &pkt, &outcome, why, IPV4);
	if ((why = parse_link(skb, &pkt)))
		return drop(skb, &pkt, &outcome, why, IPV4);
	if (family_of(&pkt) == IPV6)
		return leave(skb, &pkt, endpoint, &outcome, IPV6);
	return leave(skb, &pkt, endpoint, &outcome, IPV4);
}

SEC("tc")
int from_pod(struct __sk_buff *skb)
{
	int action = leave_or_put_aside(skb);

	switch (action) {
	case ACT_ASIDE4:
		return leave_by_backend(skb, IPV4);
	case ACT_ASIDE6:
		return leave_by_backend(skb, IPV6);
	}
	return action;
}
