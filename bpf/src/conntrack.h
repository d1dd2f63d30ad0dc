/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Flows. Only what starts or changes a flow writes; only what the tables deny,
 * or what must keep a flow known, is looked up.
 */
#ifndef HEDDLE_CONNTRACK_H
#define HEDDLE_CONNTRACK_H

#include <linux/in6.h>

#include "config.h"
#include "verdict.h"

union flow_key {
	struct ct4_key v4;
	struct ct6_key v6;
};

/* One packet as one endpoint sees it. */
struct view {
	struct __sk_buff *skb;
	const struct packet *pkt;
	const struct endpoint *endpoint;
	enum direction direction;
	__u32 epoch;
	__u32 half;
	__u32 peer;
	enum family family;
	int begins; /* track's finding: the packet begins a flow */
	const struct ct_other
		*translated; /* what its entry keeps, of a translated packet; else NULL */
	const union flow_key
		*key; /* apart: helpers take its address, the rest stays in registers */
};

static __always_inline const struct address *local_of(const struct packet *pkt,
						      enum direction direction)
{
	return direction == EGRESS ? &pkt->source : &pkt->destination;
}

static __always_inline const struct address *remote_of(const struct packet *pkt,
						       enum direction direction)
{
	return direction == EGRESS ? &pkt->destination : &pkt->source;
}

/* The flow's destination port, if it began in the direction origin and this packet goes in another or the same. */
static __always_inline __u32 flow_port(const struct packet *pkt, enum direction direction,
				       enum direction origin)
{
	return port_index(pkt->protocol,
			  origin == direction ? pkt->destination_port : pkt->source_port);
}

static __always_inline void set_key(union flow_key *key, const struct packet *pkt,
				    enum direction direction, enum ct_side side, enum family family)
{
	__be16 local_port = direction == EGRESS ? pkt->source_port : pkt->destination_port;
	__be16 remote_port = direction == EGRESS ? pkt->destination_port : pkt->source_port;

	if (family == IPV6)
		key->v6 = (struct ct6_key){
			.local = *local_of(pkt, direction),
			.remote = *remote_of(pkt, direction),
			.local_port = local_port,
			.remote_port = remote_port,
			.protocol = pkt->protocol,
			.side = side,
		};
	else
		key->v4 = (struct ct4_key){
			.local = local_of(pkt, direction)->word[0],
			.remote = remote_of(pkt, direction)->word[0],
			.local_port = local_port,
			.remote_port = remote_port,
			.protocol = pkt->protocol,
			.side = side,
		};
}

static __always_inline struct ct_entry *known_flow(const struct view *view)
{
	return view->family == IPV6 ? bpf_map_lookup_elem(&conntrack6, &view->key->v6)
				    : bpf_map_lookup_elem(&conntrack4, &view->key->v4);
}

static __always_inline long know_flow(const struct view *view, const struct ct_entry *entry)
{
	return view->family == IPV6
		       ? bpf_map_update_elem(&conntrack6, &view->key->v6, entry, BPF_NOEXIST)
		       : bpf_map_update_elem(&conntrack4, &view->key->v4, entry, BPF_NOEXIST);
}

static __always_inline __u64 judged(__u32 epoch, __u32 peer, int denied)
{
	return (__u64)epoch | (__u64)(peer & ADDRESS_PEER_MASK) << JUDGED_PEER_SHIFT |
	       (__u64)denied << JUDGED_DENIED_SHIFT;
}

static __always_inline __u32 judged_peer(__u64 word)
{
	return word >> JUDGED_PEER_SHIFT & ADDRESS_PEER_MASK;
}

static __always_inline int is_denied(__u64 word)
{
	return word >> JUDGED_DENIED_SHIFT & 1;
}

static __always_inline __u64 lifetime(const struct ct_entry *entry, __u8 protocol)
{
	switch (protocol) {
	case IPPROTO_TCP:
		if (entry->state == CT_ESTABLISHED)
			return config.tcp_established_ns;
		return entry->state == CT_NEW ? config.tcp_new_ns : config.tcp_closing_ns;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return config.icmp_ns;
	}
	return config.udp_ns;
}

/* A reused device or address inherits no entry; an old entry is no entry. */
static __always_inline int is_live(const struct ct_entry *entry, const struct view *view, __u64 now)
{
	return entry->ifindex == view->endpoint->ifindex &&
	       entry->incarnation == view->endpoint->incarnation &&
	       now < entry->last_seen_ns + lifetime(entry, view->pkt->protocol);
}

static __always_inline void keep_translation(struct ct_entry *entry, const struct view *view)
{
	entry->flags = CT_TRANSLATED;
	entry->other = *view->translated;
}

/* A FIN or RST shortens the entry's life, anything but the first packet lengthens it. */
static __always_inline void refresh(struct ct_entry *entry, const struct packet *pkt, __u64 now)
{
	if (pkt->kind == PACKET_QUOTES)
		return;
	entry->last_seen_ns = now;
	if (pkt->tcp_flags & (TCP_FIN | TCP_RST))
		entry->state = CT_CLOSING;
	else if (pkt->kind != PACKET_OPENS && entry->state == CT_NEW)
		entry->state = CT_ESTABLISHED;
}

static __always_inline void begin(struct ct_entry *entry, const struct view *view, __u64 now)
{
	entry->last_seen_ns = now;
	entry->judged = judged(view->epoch, view->peer, 0);
	entry->ifindex = view->endpoint->ifindex;
	entry->incarnation = view->endpoint->incarnation;
	entry->origin = view->direction;
	entry->state = view->pkt->kind == PACKET_CONTINUES ? CT_ESTABLISHED : CT_NEW;
	entry->flags = 0;
	entry->created_ns = now;
	if (view->translated)
		keep_translation(entry, view);
}

/* True when the other direction cannot be denied, so that replies pass without an entry. */
static __always_inline int replies_are_open(const struct view *view)
{
	return view->endpoint->half_flags[view->half & 1] & 1 << !view->direction;
}

static __always_inline struct endpoint_usage *usage_of(const struct endpoint *endpoint)
{
	__u32 index = endpoint->ifindex & (ENDPOINTS - 1);

	return bpf_map_lookup_elem(&endpoint_usage, &index);
}

/* A quarter of what an endpoint may have is not for TCP, which can go on without. */
static __always_inline int has_room(const struct endpoint_usage *usage, const struct packet *pkt)
{
	__u32 budget = config.conntrack_budget;

	if (pkt->protocol == IPPROTO_TCP)
		budget -= budget / 4;
	return usage->conntrack_entries < budget;
}

/* Adds an entry and charges it to the endpoint. */
static __always_inline long add(const struct view *view, const struct ct_entry *entry,
				struct endpoint_usage *usage)
{
	long error = know_flow(view, entry);

	if (!error)
		__sync_fetch_and_add(&usage->conntrack_entries, 1);
	return error;
}

static __always_inline __u32 no_room_time(__u64 now)
{
	return 1 + (__u32)(now >> NO_ROOM_SHIFT);
}

/*
 * There is no room for an entry. That stops a flow to a service, and else only one
 * whose replies need an entry and cannot be told from a flow that the other side
 * begins: not TCP, see answers_unknown.
 */
static __always_inline enum drop_reason go_without(struct view *view, struct endpoint_usage *usage,
						   __u64 now, enum drop_reason why)
{
	if (view->translated)
		return why;
	view->begins = view->pkt->kind == PACKET_OPENS; /* of others nobody can say */
	if (replies_are_open(view))
		return DROP_NONE;
	if (view->pkt->protocol != IPPROTO_TCP)
		return why;
	usage->no_room = no_room_time(now);
	return DROP_NONE;
}

/* Whether an entry that the packet makes says that a flow begins; others revive one that was not known any more. */
static __always_inline int is_first(const struct packet *pkt)
{
	return pkt->kind != PACKET_CONTINUES;
}

/* A new entry, if there is room. */
static __always_inline enum drop_reason insert(struct view *view, __u64 now)
{
	struct endpoint_usage *usage = usage_of(view->endpoint);
	struct ct_entry entry = {};
	long error;

	if (!usage)
		return DROP_TABLES_MISSING;
	if (!has_room(usage, view->pkt))
		return go_without(view, usage, now, DROP_CONNTRACK_BUDGET);
	begin(&entry, view, now);
	error = add(view, &entry, usage);
	if (!error) {
		view->begins = is_first(view->pkt);
		return DROP_NONE;
	}
	/* Another CPU was first with the same flow: as good. */
	if (error == -17 /* EEXIST */)
		return DROP_NONE;
	return go_without(view, usage, now, DROP_CONNTRACK_FULL);
}

/* A packet that continues a flow is looked up only when it changes the flow or must keep it known. */
static __always_inline int skips_tracking(const struct view *view)
{
	if (view->pkt->kind == PACKET_UNTRACKED || view->pkt->kind == PACKET_QUOTES)
		return 1;
	if (view->pkt->kind != PACKET_CONTINUES || view->translated)
		return 0;
	if (view->pkt->tcp_flags & (TCP_SYN | TCP_FIN | TCP_RST))
		return 0;
	return view->direction == INGRESS || replies_are_open(view);
}

/* Only what the endpoint itself sends revives a flow: an inbound packet proves nothing. */
static __always_inline int may_insert(const struct view *view)
{
	if (view->pkt->kind != PACKET_CONTINUES)
		return 1;
	return view->direction == EGRESS && !(view->pkt->tcp_flags & TCP_RST);
}

/* A known flow meets a packet that its own direction's tables allow. */
static __always_inline void keep(struct ct_entry *entry, struct view *view, __u64 now)
{
	if (view->pkt->kind == PACKET_OPENS &&
	    (entry->origin != view->direction || entry->state == CT_CLOSING)) {
		begin(entry, view, now);
		view->begins = 1;
		return;
	}
	if (entry->origin == view->direction) {
		entry->judged = judged(view->epoch, view->peer, 0);
		if (view->translated)
			keep_translation(entry, view);
	} else if (view->pkt->kind == PACKET_EITHER && is_denied(entry->judged)) {
		return; /* runs out, and then the flow can begin from this side */
	}
	refresh(entry, view->pkt, now);
}

/* After an allowing verdict. */
static __always_inline enum drop_reason track(struct view *view)
{
	struct ct_entry *entry;
	__u64 now;

	if (skips_tracking(view))
		return DROP_NONE;
	now = bpf_ktime_get_ns();
	entry = known_flow(view);
	if (entry && is_live(entry, view, now)) {
		keep(entry, view, now);
		return DROP_NONE;
	}
	if (!may_insert(view))
		return DROP_NONE;
	if (!entry)
		return insert(view, now);
	begin(entry, view, now);
	view->begins = is_first(view->pkt);
	return DROP_NONE;
}

/*
 * Whether the flow's original direction is still allowed. Judged again when the
 * revision or the peer is another than the last time.
 */
static __always_inline int still_allowed(struct ct_entry *entry, const struct view *view)
{
	__u64 last = entry->judged;
	enum direction origin = entry->origin & 1;
	const struct address *remote = remote_of(view->pkt, view->direction);
	__u32 peer;
	int allowed;

	/* A masqueraded flow came from the world, though its address is this node's. */
	if (origin == INGRESS && judged_peer(last) == PEER_HOST &&
	    is_node_address(remote, view->family))
		peer = PEER_HOST;
	else
		peer = peer_of_address(view->half, remote, view->family);
	if ((__u32)last == view->epoch && judged_peer(last) == peer)
		return !is_denied(last);

	allowed = allows(verdict(view->half, subject_of(view->endpoint, view->half, origin), peer,
				 flow_port(view->pkt, view->direction, origin)));
	entry->judged = judged(view->epoch, peer, !allowed);
	return allowed;
}

/*
 * A TCP packet of a flow without an entry, at an endpoint that lately had no
 * room for one: does it answer a flow that the other direction allows now? It
 * opens nothing, and whom it goes to may open such a flow at any time. The flow
 * becomes known as soon as there is room.
 */
static __always_inline int answers_unknown(const struct view *view)
{
	const struct address *remote = remote_of(view->pkt, view->direction);
	enum direction origin = !view->direction;
	struct endpoint_usage *usage;
	struct ct_entry entry = {};
	__u32 peer;
	__u64 now;

	if (view->pkt->protocol != IPPROTO_TCP)
		return 0;
	usage = usage_of(view->endpoint);
	if (!usage || !usage->no_room)
		return 0;
	now = bpf_ktime_get_ns();
	if (no_room_time(now) - usage->no_room > config.tcp_established_ns >> NO_ROOM_SHIFT)
		return 0;
	/* Whether this node or a masqueraded flow began it cannot be known any more. */
	peer = origin == INGRESS && is_node_address(remote, view->family)
		       ? PEER_HOST
		       : peer_of_address(view->half, remote, view->family);
	if (!allows(verdict(view->half, subject_of(view->endpoint, view->half, origin), peer,
			    flow_port(view->pkt, view->direction, origin))))
		return 0;
	if (view->pkt->kind == PACKET_QUOTES || view->pkt->tcp_flags & TCP_RST)
		return 1;
	begin(&entry, view, now);
	entry.judged = judged(view->epoch, peer, 0);
	entry.origin = origin;
	if (!has_room(usage, view->pkt) || add(view, &entry, usage))
		usage->no_room = no_room_time(now);
	return 1;
}

/* After a denying verdict: does the packet answer an allowed flow of the other direction? */
static __always_inline int is_reply(const struct view *view)
{
	struct ct_entry *entry;
	__u64 now;

	if (view->pkt->kind == PACKET_OPENS || view->pkt->kind == PACKET_UNTRACKED)
		return 0;
	entry = known_flow(view);
	if (!entry)
		return answers_unknown(view);
	now = bpf_ktime_get_ns();
	if (!is_live(entry, view, now))
		return answers_unknown(view);
	if (entry->origin == view->direction) {
		if (view->pkt->kind != PACKET_QUOTES)
			entry->judged = judged(view->epoch, view->peer, 1);
		return 0;
	}
	if (!still_allowed(entry, view)) {
		/* Kept while TCP goes on, or an outgoing packet would begin it the other way round. */
		if (view->pkt->protocol == IPPROTO_TCP)
			refresh(entry, view->pkt, now);
		return 0;
	}
	refresh(entry, view->pkt, now);
	return 1;
}

#endif
