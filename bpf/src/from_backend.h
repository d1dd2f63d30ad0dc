/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * What a pod receives from a backend after its packets to the service were translated:
 * the service takes the backend's place after policy judged, see
 * docs/adr/0008-services-by-packet.md.
 */
#ifndef HEDDLE_FROM_BACKEND_H
#define HEDDLE_FROM_BACKEND_H

#include "aside.h"
#include "rewrite.h"

/*
 * The flow's other entry, under the service's address, sees only what the pod sends: it
 * is told when the backend ends the connection.
 */
static __always_inline void end_service_side(const struct packet *pkt,
					     const struct endpoint *endpoint,
					     const struct ct_other *service, __u64 now,
					     enum family family)
{
	struct packet named = { .source = service->address,
				.destination = pkt->destination,
				.source_port = service->port,
				.destination_port = pkt->destination_port,
				.protocol = pkt->protocol };
	union flow_key key;
	struct view side = {
		.pkt = pkt,
		.endpoint = endpoint,
		.family = family,
		.key = &key,
	};
	struct ct_entry *known;

	set_key(&key, &named, INGRESS, CT_SIDE_SERVICE, family);
	known = known_flow(&side);
	if (known && is_live(known, &side, now))
		refresh(known, pkt, now);
}

/* What a backend sends to a pod that asked a service comes from the service. */
static __always_inline enum drop_reason from_backend(struct __sk_buff *skb,
						     struct translation *flow,
						     struct endpoint *endpoint, enum family family)
{
	const struct packet *pkt = &flow->packet;
	union flow_key key;
	struct view view = {
		.pkt = pkt,
		.endpoint = endpoint,
		.family = family,
		.key = &key,
	};
	struct ct_entry *known;
	__u64 now = bpf_ktime_get_ns();

	set_key(&key, pkt, INGRESS, CT_SIDE_PEER, family);
	known = known_flow(&view);
	if (!known || !(known->flags & CT_TRANSLATED) || !is_live(known, &view, now))
		return DROP_NONE;
	if (pkt->kind != PACKET_QUOTES)
		known->last_seen_ns = now;
	flow->backend = (struct ct_other){
		.address = pkt->source,
		.port = pkt->source_port,
	};
	flow->service = known->other;
	if (pkt->tcp_flags & (TCP_FIN | TCP_RST))
		end_service_side(pkt, endpoint, &flow->service, now, family);
	return rewrite(skb, pkt, &flow->rewrite, 1, &flow->backend, &flow->service, family);
}

#endif
