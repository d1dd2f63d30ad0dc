/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* IPv4 fragments: only the first has ports. */
#ifndef HEDDLE_PARSE_FRAGMENT4_H
#define HEDDLE_PARSE_FRAGMENT4_H

#include <linux/in.h>

#include "../maps.h"
#include "../packet.h"

enum ip_fragment_bits {
	IP_MORE_FRAGMENTS = 0x2000,
	IP_OFFSET_MASK = 0x1fff,
	TCP_HEADER_FRAGMENTS =
		3, /* fragment offsets (in 8 bytes) below this overwrite a TCP header */
};

/* The first fragment of a datagram speaks for the later ones. */
static __always_inline void remember_fragment(const struct fragment4_key *key,
					      const struct packet *pkt)
{
	struct fragment4 first = {
		.source_port = pkt->source_port,
		.destination_port = pkt->destination_port,
		.kind = pkt->kind,
	};

	if (pkt->kind != PACKET_QUOTES)
		bpf_map_update_elem(&fragments4, key, &first, BPF_ANY);
}

static __always_inline enum drop_reason recall_fragment(const struct fragment4_key *key,
							struct packet *pkt, __u32 offset)
{
	struct fragment4 *first;

	if (pkt->protocol == IPPROTO_TCP && offset < TCP_HEADER_FRAGMENTS)
		return DROP_MALFORMED;
	first = bpf_map_lookup_elem(&fragments4, key);
	if (!first)
		return DROP_FRAGMENT_UNKNOWN;
	pkt->source_port = first->source_port;
	pkt->destination_port = first->destination_port;
	pkt->kind = first->kind;
	return DROP_NONE;
}

#endif
