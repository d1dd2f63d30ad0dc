/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * What a pod sends to a service without a socket call having translated it: the
 * backend takes the service's place before policy judges, see
 * docs/adr/0008-services-by-packet.md. All of it but the first question is about
 * packets that are put aside.
 */
#ifndef HEDDLE_TO_BACKEND_H
#define HEDDLE_TO_BACKEND_H

#include <linux/if_packet.h>

#include "aside.h"
#include "backends.h"
#include "rewrite.h"

enum service_limit {
	BACKENDS_TRIED = 2, /* a pod is at most one of them */
};

static __always_inline int is_in_net6(const struct address *address, const struct control *known)
{
	const __be32 *net = known->service_net6.word, *mask = known->service_mask6.word;

	return !(((address->word[0] ^ net[0]) & mask[0]) | ((address->word[1] ^ net[1]) & mask[1]) |
		 ((address->word[2] ^ net[2]) & mask[2]) | ((address->word[3] ^ net[3]) & mask[3]));
}

/*
 * Almost no packet does, and this is all that it pays. No protocol is asked for: the
 * verifier would follow each on its way through policy.
 */
static __always_inline int may_name_service(const struct packet *pkt, enum family family)
{
	__u16 port = bpf_ntohs(pkt->destination_port);
	struct control *known = live_control();

	if (!known || !known->service_filter_used ||
	    (port >= known->node_port_first && port <= known->node_port_last))
		return 1;
	if (family == IPV6)
		return is_in_net6(&pkt->destination, known);
	return !((pkt->destination.word[0] ^ known->service_net4) & known->service_mask4);
}

/*
 * Whether the packet may begin a flow. Others belong to flows that are known, or
 * that somebody else translates: kube-proxy, since before Heddle came.
 */
static __always_inline int may_begin(const struct packet *pkt)
{
	return pkt->kind == PACKET_OPENS ||
	       (pkt->kind == PACKET_EITHER && pkt->protocol != IPPROTO_SCTP);
}

static __always_inline void set_service_key(struct service_key *key, const struct packet *pkt,
					    enum family family)
{
	*key = (struct service_key){
		.address = pkt->destination,
		.port = pkt->destination_port,
		.protocol = pkt->protocol,
	};
	if (family == IPV4)
		key->address =
			(struct address){ .word = { 0, 0, MAPPED_IPV4, pkt->destination.word[0] } };
}

static __always_inline int find_named_service(const struct packet *pkt, struct translation *flow,
					      enum family family)
{
	struct service *service;

	set_service_key(&flow->named, pkt, family);
	service = bpf_map_lookup_elem(&services, &flow->named);
	flow->is_node_port = !service;
	if (service) {
		flow->found = *service;
		return 1;
	}
	service = service_at_nodes(&flow->named);
	if (!service)
		return 0;
	flow->found = *service;
	return is_at_node(&flow->named, &flow->found);
}

/* A client is the pod. Numbers of namespaces count up and never meet these. */
static __always_inline struct client client_of(const struct packet *pkt,
					       const struct endpoint *endpoint)
{
	const struct address *source = &pkt->source;
	__u32 mixed = source->word[0] ^ source->word[1] ^ source->word[2] ^ source->word[3];

	mixed = (bpf_ntohl(mixed) ^ bpf_ntohs(pkt->source_port)) * DRAW_MULTIPLIER;
	return (struct client){
		.id = ~((__u64)endpoint->incarnation << 32 | endpoint->ifindex),
		.draw = (mixed ^ mixed >> 15) * DRAW_MULTIPLIER >> DRAW_SHIFT,
	};
}

static __always_inline struct address packet_address(const struct address *address,
						     enum family family)
{
	return family == IPV6 ? *address : (struct address){ .word = { address->word[3] } };
}

/* Of the backends one that is not the pod itself. */
static __always_inline int choose_other(const struct endpoint *endpoint,
					const struct client *client, const struct service *service,
					struct backend *chosen, enum family family)
{
	struct backend_key key = { .backend_set = service->backend_set };

	for (int i = 0; i < BACKENDS_TRIED; i++) {
		struct backend *next;
		struct address address;

		key.slot = (client->draw % service->backends + i) % service->backends;
		next = bpf_map_lookup_elem(&backends, &key);
		if (!next)
			return 0;
		address = packet_address(&next->address, family);
		if (has_address(endpoint, &address, family))
			continue;
		*chosen = *next;
		if (service->affinity)
			note(client, service, chosen);
		return 1;
	}
	return 0;
}

/*
 * Of a pod that is the only backend what it sends comes back to it. From a node's
 * address it does not: answers to that are for any port, and no packet to such an
 * address is looked at unless it names a node port.
 */
static __always_inline enum drop_reason choose_for(const struct endpoint *endpoint,
						   const struct client *client,
						   struct translation *flow, enum family family)
{
	flow->backend.own_port = 0;
	if (!choose(client, &flow->found, &flow->chosen))
		return DROP_SERVICE_WITHOUT_BACKENDS;
	flow->backend.address = packet_address(&flow->chosen.address, family);
	if (has_address(endpoint, &flow->backend.address, family)) {
		if (choose_other(endpoint, client, &flow->found, &flow->chosen, family))
			flow->backend.address = packet_address(&flow->chosen.address, family);
		else if (flow->is_node_port)
			return DROP_SERVICE_ONLY_ITSELF;
		else
			flow->backend.own_port = flow->packet.source_port;
	}
	flow->backend.port = flow->chosen.port;
	flow->backend.backend_set = flow->found.backend_set;
	return DROP_NONE;
}

static __always_inline enum drop_reason choose_backend(const struct packet *pkt,
						       const struct endpoint *endpoint,
						       struct translation *flow, enum family family)
{
	struct client client = client_of(pkt, endpoint);
	enum drop_reason why = choose_for(endpoint, &client, flow, family);

	/* The set may have been replaced between the two lookups: the new one is complete. */
	if (why == DROP_SERVICE_WITHOUT_BACKENDS && flow->found.backends &&
	    find_named_service(pkt, flow, family))
		why = choose_for(endpoint, &client, flow, family);
	return why;
}

static __always_inline struct view service_side(const struct packet *pkt,
						const struct endpoint *endpoint,
						const union flow_key *key, enum family family)
{
	return (struct view){
		.pkt = pkt,
		.endpoint = endpoint,
		.direction = EGRESS,
		.family = family,
		.key = key,
	};
}

/*
 * Whether the packet goes on with a flow that somebody began at the pod: a node may
 * speak from a number that is a node port as well.
 */
static __always_inline int is_answer(const struct packet *pkt, struct view *side,
				     union flow_key *key, __u64 now, enum family family)
{
	struct ct_entry *known;

	set_key(key, pkt, EGRESS, CT_SIDE_PEER, family);
	known = known_flow(side);
	return known && known->origin == INGRESS && is_live(known, side, now);
}

/*
 * Whether a packet keeps the backend of its flow. One that begins, or that has no
 * beginning, as datagrams, does while the service's backends stay the same; an answer
 * that a pod gives itself names no service.
 */
static __always_inline int keeps_backend(const struct ct_entry *known,
					 const struct translation *flow, int begins, int named)
{
	if (!begins)
		return 1;
	return named ? known->other.backend_set == flow->found.backend_set
		     : known->other.own_port != 0;
}

/* Returns whether the packet is this node's to translate. */
static __always_inline int find_backend(const struct packet *pkt, const struct endpoint *endpoint,
					struct translation *flow, enum drop_reason *why,
					enum family family)
{
	__u64 now = bpf_ktime_get_ns();
	union flow_key key;
	struct view side = service_side(pkt, endpoint, &key, family);
	struct ct_entry *known;
	int begins = may_begin(pkt);
	int named = begins && find_named_service(pkt, flow, family);

	set_key(&key, pkt, EGRESS, CT_SIDE_SERVICE, family);
	known = known_flow(&side);
	if (known && is_live(known, &side, now) && keeps_backend(known, flow, begins, named)) {
		flow->backend = known->other;
		return 1;
	}
	if (!named || (pkt->kind == PACKET_EITHER && is_answer(pkt, &side, &key, now, family)))
		return 0;
	*why = choose_backend(pkt, endpoint, flow, family);
	return 1;
}

/*
 * From here on the packet's destination is the backend, if it names a service: policy,
 * events and flows know no other.
 */
static __always_inline enum drop_reason to_backend(struct __sk_buff *skb, struct translation *flow,
						   struct endpoint *endpoint, enum family family)
{
	struct packet *pkt = &flow->packet;
	enum drop_reason why = DROP_NONE;

	(void)skb; /* APART gives all steps the same */
	flow->is_translated = 0;
	if (!find_backend(pkt, endpoint, flow, &why, family) || why)
		return why;
	flow->service = (struct ct_other){
		.address = pkt->destination,
		.port = pkt->destination_port,
	};
	pkt->destination = flow->backend.address;
	pkt->destination_port = flow->backend.port;
	flow->is_translated = 1;
	return DROP_NONE;
}

static __always_inline enum drop_reason judge_backend(struct __sk_buff *skb,
						      struct translation *flow,
						      struct endpoint *endpoint, enum family family)
{
	return judge(skb, &flow->packet, endpoint, EGRESS, &flow->outcome,
		     flow->is_translated ? &flow->service : NULL, family);
}

/* One side of a flow to a service: what later packets find, and whether it still goes on. */
static __always_inline enum drop_reason
know_side(const struct packet *pkt, const struct endpoint *endpoint, const struct address *service,
	  __be16 local_port, __be16 remote_port, const struct ct_other *backend, enum family family)
{
	struct packet named = { .source = pkt->source,
				.destination = *service,
				.source_port = local_port,
				.destination_port = remote_port,
				.protocol = pkt->protocol };
	union flow_key key;
	struct view side = service_side(pkt, endpoint, &key, family);

	side.translated = backend;
	set_key(&key, &named, EGRESS, CT_SIDE_SERVICE, family);
	return track(&side);
}

/* Policy allows the packet: its flow is remembered, and its bytes name the backend. */
static __always_inline enum drop_reason send_to_backend(struct __sk_buff *skb,
							struct translation *flow,
							struct endpoint *endpoint,
							enum family family)
{
	const struct packet *pkt = &flow->packet;
	__u8 *translated = translated_of(endpoint, pkt);
	enum drop_reason why;

	if (!flow->is_translated)
		return DROP_NONE;
	why = know_side(pkt, endpoint, &flow->service.address, pkt->source_port, flow->service.port,
			&flow->backend, family);
	if (why)
		return why;
	if (!*translated)
		*translated = 1;
	return rewrite(skb, pkt, &flow->rewrite, 0, &flow->service, &flow->backend, family);
}

static __always_inline int comes_back(const struct translation *flow)
{
	return flow->is_translated && flow->backend.own_port;
}

/*
 * The pod is its own backend. No kernel takes what comes in from its own address, so it
 * comes from the service, and what the pod answers comes back the same way.
 */
static __always_inline enum drop_reason send_back(struct __sk_buff *skb, struct translation *flow,
						  struct endpoint *endpoint, enum family family)
{
	const struct packet *pkt = &flow->packet;
	struct ct_other asked = {
		.address = pkt->source,
		.port = pkt->source_port,
		.own_port = flow->service.port,
		.backend_set = flow->backend.backend_set,
	};
	enum drop_reason why;

	if (!comes_back(flow))
		return DROP_NONE;
	why = know_side(pkt, endpoint, &flow->service.address, flow->backend.port,
			flow->backend.own_port, &asked, family);
	if (why)
		return why;
	flow->service.port = flow->backend.own_port;
	return rewrite(skb, pkt, &flow->rewrite, 1, &asked, &flow->service, family);
}

APART(to_backend)
APART(judge_backend)
APART(send_to_backend)
APART(send_back)

/*
 * Into the pod's own device, past the host's side of it: policy has nothing to say to
 * it. Its bytes are addressed to a gateway, which the pod must not mind.
 */
static __always_inline int turn_round(struct __sk_buff *skb)
{
	if (bpf_skb_change_type(skb, PACKET_HOST))
		return TC_ACT_SHOT;
	return bpf_redirect_peer(skb->ifindex, 0);
}

/* What from_pod does with a packet that it put aside. */
static __always_inline int leave_by_backend(struct __sk_buff *skb, enum family family)
{
	enum drop_reason why = to_backend_apart(skb, family);
	struct translation *flow;
	int action;

	if (!why)
		why = judge_backend_apart(skb, family);
	if (!why)
		why = send_to_backend_apart(skb, family);
	if (!why)
		why = send_back_apart(skb, family);
	action = finish_apart(skb, why, family);
	flow = translation_of_cpu();
	return !why && flow && comes_back(flow) ? turn_round(skb) : action;
}

#endif
