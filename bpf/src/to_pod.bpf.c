// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* A pod's device, host side, outbound: what the pod is about to receive. */
#include "from_backend.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* The pod of this node that sent the packet, or NULL. */
static __always_inline struct endpoint *sender_of(struct __sk_buff *skb, const struct packet *pkt,
						  enum family family)
{
	struct address source = pkt->outer_source;
	__u32 *ifindex;

	/* Nobody's in particular, and no router passes it on: the device says whose. */
	if (family == IPV6 && is_link_local6(&source))
		return endpoint_of(skb->ingress_ifindex);
	ifindex = family == IPV6 ? bpf_map_lookup_elem(&local_addresses6, &source)
				 : bpf_map_lookup_elem(&local_addresses, &source.word[0]);
	return ifindex ? endpoint_of(*ifindex) : NULL;
}

/*
 * Two hooks, one verdict: when a flip came between them, the sender's rules are
 * asked again under this hook's revision. A stamp only ever causes more judging.
 */
static __always_inline enum drop_reason judge_sender_again(struct __sk_buff *skb,
							   const struct packet *pkt,
							   struct outcome *outcome,
							   enum family family)
{
	__u32 stamp = skb->tc_index;
	struct endpoint *sender;

	if (!(stamp & STAMP_SET) || !((stamp ^ outcome->epoch) & STAMP_EPOCH_MASK))
		return DROP_NONE;
	sender = sender_of(skb, pkt, family);
	return sender ? judge(skb, pkt, sender, EGRESS, outcome, NULL, family) : DROP_NONE;
}

static __always_inline enum drop_reason judge_both(struct __sk_buff *skb, const struct packet *pkt,
						   const struct endpoint *endpoint,
						   struct outcome *outcome, enum family family)
{
	enum drop_reason why = judge_sender_again(skb, pkt, outcome, family);

	return why ?: judge(skb, pkt, endpoint, INGRESS, outcome, NULL, family);
}

static __always_inline enum drop_reason judge_answer(struct __sk_buff *skb,
						     struct translation *flow,
						     struct endpoint *endpoint, enum family family)
{
	return judge_both(skb, &flow->packet, endpoint, &flow->outcome, family);
}

APART(judge_answer)
APART(from_backend)

static __always_inline int arrive_from_backend(struct __sk_buff *skb, enum family family)
{
	enum drop_reason why = judge_answer_apart(skb, family);

	if (!why)
		why = from_backend_apart(skb, family);
	return finish_apart(skb, why, family);
}

static __always_inline enum drop_reason judge_arriving(struct __sk_buff *skb, struct packet *pkt,
						       struct endpoint *endpoint,
						       struct outcome *outcome, enum family family)
{
	enum drop_reason why;

	if ((why = parse(skb, pkt, INGRESS, family)))
		return why;
	if (pkt->kind == PACKET_LINK)
		return DROP_NONE;
	if ((why = check_quote(endpoint, pkt, INGRESS, family)))
		return why;
	if (*translated_of(endpoint, pkt))
		return put_aside(pkt, outcome);
	return judge_both(skb, pkt, endpoint, outcome, family);
}

static __always_inline int arrive(struct __sk_buff *skb, struct packet *pkt,
				  struct endpoint *endpoint, struct outcome *outcome,
				  enum family family)
{
	enum drop_reason why = judge_arriving(skb, pkt, endpoint, outcome, family);

	if (why == PUT_ASIDE)
		return family == IPV6 ? ACT_ASIDE6 : ACT_ASIDE4;
	return why ? drop(skb, pkt, outcome, why, family) : pass(skb, pkt, outcome, family);
}

/* Not inlined: what goes on with a packet that is put aside has no use for its stack. */
__attribute__((noinline)) int arrive_or_put_aside(struct __sk_buff *skb)
{
	struct endpoint *endpoint = endpoint_of(skb->ifindex);
	struct outcome outcome = {
		.direction = INGRESS,
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
		return arrive(skb, &pkt, endpoint, &outcome, IPV6);
	return arrive(skb, &pkt, endpoint, &outcome, IPV4);
}

SEC("tc")
int to_pod(struct __sk_buff *skb)
{
	int action = arrive_or_put_aside(skb);

	switch (action) {
	case ACT_ASIDE4:
		return arrive_from_backend(skb, IPV4);
	case ACT_ASIDE6:
		return arrive_from_backend(skb, IPV6);
	}
	return action;
}
