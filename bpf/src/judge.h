/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* What both hooks of a pod's device do with a packet: find the endpoint, judge, finish. */
#ifndef HEDDLE_JUDGE_H
#define HEDDLE_JUDGE_H

#include <linux/pkt_cls.h>

#include "conntrack.h"
#include "events.h"
#include "spoof.h"

/* The revision in force, read once for each packet and hook; 0 cannot be told from none. */
static __always_inline __u32 live_epoch(void)
{
	struct control *now = live_control();

	return now ? *(volatile __u32 *)&now->epoch : 0;
}

static __always_inline struct endpoint *endpoint_of(__u32 ifindex)
{
	__u32 index = ifindex & (ENDPOINTS - 1);
	struct endpoint *endpoint = bpf_map_lookup_elem(&endpoints, &index);

	return endpoint && endpoint->ifindex == ifindex ? endpoint : NULL;
}

static __always_inline enum drop_reason check_open(const struct endpoint *endpoint, __u32 epoch)
{
	if (!endpoint)
		return DROP_UNKNOWN_ENDPOINT;
	if (endpoint->flags & ENDPOINT_CLOSED ||
	    endpoint->half_flags[half_of(epoch) & 1] & HALF_CLOSED)
		return DROP_ENDPOINT_CLOSED;
	return DROP_NONE;
}

/*
 * The verdict of one endpoint's rules in one direction, tables first, then replies.
 * translated: what the flow's entry is to keep, or NULL.
 */
static __always_inline enum drop_reason judge(struct __sk_buff *skb, const struct packet *pkt,
					      const struct endpoint *endpoint,
					      enum direction direction, struct outcome *outcome,
					      const struct ct_other *translated, enum family family)
{
	const struct address *remote = remote_of(pkt, direction);
	union flow_key key;
	struct view view = {
		.skb = skb,
		.pkt = pkt,
		.endpoint = endpoint,
		.direction = direction,
		.epoch = outcome->epoch,
		.half = half_of(outcome->epoch),
		.family = family,
		.translated = translated,
		.key = &key,
	};

	outcome->direction = direction;
	outcome->ifindex = endpoint->ifindex;
	outcome->verdict = VERDICT_ALLOWED;
	outcome->begins = 0;
	if (is_same(local_of(pkt, direction), remote)) /* a pod may always reach itself */
		return DROP_NONE;
	set_key(&key, pkt, direction, CT_SIDE_PEER, family);
	view.peer = peer_of(skb, view.half, direction, remote, family);
	outcome->subject = subject_of(endpoint, view.half, direction);
	outcome->peer = view.peer;
	if (allows(verdict(view.half, outcome->subject, view.peer,
			   flow_port(pkt, direction, direction)))) {
		enum drop_reason why = track(&view);

		outcome->begins = view.begins;
		return why;
	}
	outcome->verdict = VERDICT_REPLY;
	return is_reply(&view) ? DROP_NONE : DROP_POLICY_DENIED;
}

static __always_inline int drop(struct __sk_buff *skb, const struct packet *pkt,
				struct outcome *outcome, enum drop_reason why, enum family family)
{
	report_drop(skb, pkt, outcome, why, family);
	return TC_ACT_SHOT;
}

/* TC_ACT_UNSPEC is TCX_NEXT: other programs on the device still have their say. */
static __always_inline int pass(struct __sk_buff *skb, const struct packet *pkt,
				struct outcome *outcome, enum family family)
{
	report_pass(skb, pkt, outcome, family);
	return TC_ACT_UNSPEC;
}

#endif
