/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* What the daemon hears of packets: counters for all, records for some. */
#ifndef HEDDLE_EVENTS_H
#define HEDDLE_EVENTS_H

#include "config.h"
#include "explain.h"

static __always_inline void count(struct __sk_buff *skb, enum direction direction,
				  enum drop_reason why)
{
	__u32 index = direction * DROP_REASON_COUNT + why;
	struct counter *counter = bpf_map_lookup_elem(&counters, &index);

	if (counter) {
		counter->packets++;
		counter->bytes += skb->len;
	}
}

static __always_inline struct event_tokens *tokens_of(const struct outcome *outcome)
{
	__u32 limit = outcome->verdict;

	return bpf_map_lookup_elem(&event_tokens, &limit);
}

/* Records of this verdict that this CPU suppressed since its last one; -1: this one is suppressed too. */
static __always_inline __s64 take_token(struct event_tokens *tokens, const struct outcome *outcome,
					__u64 now)
{
	__u32 suppressed;

	if (now - tokens->window_ns >= SECONDS) {
		tokens->window_ns = now;
		tokens->left = outcome->verdict == VERDICT_DROPPED ? config.drop_events
								   : config.flow_events;
	}
	if (!tokens->left) {
		tokens->suppressed++;
		tokens->limited++;
		return -1;
	}
	tokens->left--;
	suppressed = tokens->suppressed;
	tokens->suppressed = 0;
	return suppressed;
}

/* Flows that begin leave half of the ring to drops, however fast they come. */
static __always_inline struct event *reserve(const struct outcome *outcome)
{
	if (outcome->verdict != VERDICT_DROPPED &&
	    bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA) >
		    bpf_ringbuf_query(&events, BPF_RB_RING_SIZE) / 2)
		return NULL;
	return bpf_ringbuf_reserve(&events, sizeof(struct event), 0);
}

/* A record of the packet, if its verdict has one left this second. */
static __always_inline void record(struct __sk_buff *skb, const struct packet *pkt,
				   const struct outcome *outcome, enum drop_reason why,
				   enum family family)
{
	struct event_tokens *tokens = tokens_of(outcome);
	__u64 now = bpf_ktime_get_ns();
	struct event *event;
	__s64 suppressed;
	__u32 cell;

	if (!tokens)
		return;
	suppressed = take_token(tokens, outcome, now);
	if (suppressed < 0)
		return;
	cell = cell_of(pkt, outcome);
	event = reserve(outcome);
	if (!event) {
		tokens->lost++;
		return;
	}
	__builtin_memset(event, 0, sizeof(*event));
	event->time_ns = now;
	if (family == IPV6) {
		__builtin_memcpy(event->source, &pkt->source, sizeof(pkt->source));
		__builtin_memcpy(event->destination, &pkt->destination, sizeof(pkt->destination));
	} else {
		__builtin_memcpy(event->source, &pkt->source.word[0], sizeof(__be32));
		__builtin_memcpy(event->destination, &pkt->destination.word[0], sizeof(__be32));
	}
	event->source_port = pkt->source_port;
	event->destination_port = pkt->destination_port;
	event->ethertype = pkt->ethertype;
	event->protocol = pkt->protocol;
	event->direction = outcome->direction;
	event->verdict = outcome->verdict;
	event->reason = why;
	event->length = skb->len < 65535 ? skb->len : 65535;
	event->cell = cell;
	event->epoch = outcome->epoch;
	event->ifindex = outcome->ifindex;
	event->peer = outcome->peer;
	event->suppressed = suppressed;
	bpf_ringbuf_submit(event, 0);
}

static __always_inline void report_drop(struct __sk_buff *skb, const struct packet *pkt,
					struct outcome *outcome, enum drop_reason why,
					enum family family)
{
	outcome->verdict = VERDICT_DROPPED;
	count(skb, outcome->direction, why);
	record(skb, pkt, outcome, why, family);
}

/* A packet that continues a flow has no record. */
static __always_inline void report_pass(struct __sk_buff *skb, const struct packet *pkt,
					const struct outcome *outcome, enum family family)
{
	count(skb, outcome->direction, DROP_NONE);
	if (outcome->begins)
		record(skb, pkt, outcome, DROP_NONE, family);
}

#endif
