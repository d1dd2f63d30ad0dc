/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* What ICMP and ICMPv6 have in common: queries are flows of their own, errors speak about others'. */
#ifndef HEDDLE_PARSE_ICMP_H
#define HEDDLE_PARSE_ICMP_H

#include <linux/in.h>
#include <linux/in6.h>

#include "../packet.h"

struct icmp_header {
	__u8 type;
	__u8 code;
	__be16 checksum;
	__be16 query_id;
	__be16 query_sequence;
};

enum icmp_role {
	ICMP_ASKS,
	ICMP_ANSWERS,
	ICMP_OTHER,
};

/* A query's id is a port of who asks. */
static __always_inline enum drop_reason parse_query(struct packet *pkt, __be16 id,
						    enum icmp_role role)
{
	if (role == ICMP_ASKS)
		pkt->source_port = id;
	else
		pkt->destination_port = id;
	pkt->kind = role == ICMP_ASKS ? PACKET_OPENS : PACKET_CONTINUES;
	return DROP_NONE;
}

/*
 * What follows the IP header that an error quotes; addresses and protocol are
 * already the quoted ones. The packet takes the quoted one's way back.
 */
static __always_inline enum drop_reason parse_quoted(struct __sk_buff *skb, struct packet *pkt,
						     __u32 offset, __u32 end,
						     enum icmp_role (*role_of)(__u8 type))
{
	__be16 ports[2];
	struct icmp_header query;

	pkt->kind = PACKET_QUOTES;
	switch (pkt->protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_SCTP:
		if (offset + sizeof(ports) > end ||
		    bpf_skb_load_bytes(skb, offset, ports, sizeof(ports)))
			return DROP_TRUNCATED;
		pkt->transport = offset;
		pkt->source_port = ports[1];
		pkt->destination_port = ports[0];
		return DROP_NONE;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		if (offset + sizeof(query) > end ||
		    bpf_skb_load_bytes(skb, offset, &query, sizeof(query)))
			return DROP_TRUNCATED;
		switch (role_of(query.type)) {
		case ICMP_ASKS:
			pkt->destination_port = query.query_id;
			return DROP_NONE;
		case ICMP_ANSWERS:
			pkt->source_port = query.query_id;
			return DROP_NONE;
		case ICMP_OTHER:
			return DROP_NONE;
		}
	}
	return DROP_NONE;
}

#endif
