/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* The first fragment of a datagram speaks for the later ones, the same in both families. */
#ifndef HEDDLE_PARSE_FRAGMENT_H
#define HEDDLE_PARSE_FRAGMENT_H

#include <linux/in.h>

#include "../maps.h"
#include "../packet.h"

enum fragment_size {
	TCP_HEADER_FRAGMENTS =
		3, /* fragment offsets (in 8 bytes) below this overwrite a TCP header */
};

static __always_inline struct first_fragment first_fragment(const struct packet *pkt)
{
	struct first_fragment first = {
		.source_port = pkt->source_port,
		.destination_port = pkt->destination_port,
		.kind = pkt->kind,
		.protocol = pkt->protocol,
	};

	return first;
}

/* first: what is known under the fragment's key, or NULL; offset: in 8 bytes. */
static __always_inline enum drop_reason follow_fragment(const struct first_fragment *first,
							struct packet *pkt, __u32 offset)
{
	if (!first)
		return DROP_FRAGMENT_UNKNOWN;
	if (first->protocol == IPPROTO_TCP && offset < TCP_HEADER_FRAGMENTS)
		return DROP_MALFORMED;
	pkt->source_port = first->source_port;
	pkt->destination_port = first->destination_port;
	pkt->protocol = first->protocol;
	pkt->kind = first->kind;
	return DROP_NONE;
}

#endif
