/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* ICMPv6, RFC 4443; what keeps a link going: neighbour discovery, RFC 4861, and listener discovery, RFC 3810. */
#ifndef HEDDLE_PARSE_ICMP6_H
#define HEDDLE_PARSE_ICMP6_H

#include <linux/ipv6.h>

#include "extension6.h"
#include "icmp.h"

enum icmp6_type {
	ICMP6_UNREACHABLE = 1,
	ICMP6_PACKET_TOO_BIG = 2,
	ICMP6_TIME_EXCEEDED = 3,
	ICMP6_PARAMETER_PROBLEM = 4,
	ICMP6_ECHO_REQUEST = 128,
	ICMP6_ECHO_REPLY = 129,
	MLD_QUERY = 130,
	MLD_DONE = 132,
	ND_ROUTER_SOLICIT = 133,
	ND_ROUTER_ADVERT = 134,
	ND_NEIGHBOUR_SOLICIT = 135,
	ND_NEIGHBOUR_ADVERT = 136,
	ND_REDIRECT = 137,
	MLD2_REPORT = 143,
};

static __always_inline enum icmp_role role6(__u8 type)
{
	switch (type) {
	case ICMP6_ECHO_REQUEST:
		return ICMP_ASKS;
	case ICMP6_ECHO_REPLY:
		return ICMP_ANSWERS;
	}
	return ICMP_OTHER;
}

/* Messages that routers do not pass on carry these; a packet from elsewhere cannot have both hop limit and source. */
enum link_hop_limit {
	ND_HOP_LIMIT = 255, /* RFC 4861 section 6.1 */
	MLD_HOP_LIMIT = 1, /* RFC 3810 section 5 */
};

/* A solicitation or an advertisement. */
struct neighbour_message {
	struct icmp_header icmp;
	struct address target;
};

enum neighbour_option_type {
	ND_SOURCE_LINK_LAYER = 1,
	ND_TARGET_LINK_LAYER = 2,
};

enum neighbour_limit {
	NEIGHBOUR_OPTIONS = 8, /* six in a message that SEND secures, RFC 3971 */
};

/* RFC 4861 section 4.6. */
struct neighbour_option {
	__u8 type;
	__u8 length; /* in eight bytes, of all of it */
	__u8 mac[ETH_ALEN]; /* of a link-layer address, RFC 2464 section 6: there is nothing else in it */
};

/* An ICMPv6 error speaks about the packet it quotes: take that packet's way back. */
static __always_inline enum drop_reason parse_quote6(struct __sk_buff *skb, struct packet *pkt,
						     __u32 offset, __u32 end)
{
	struct ipv6hdr quoted;
	struct walk6 walk = { .offset = offset + sizeof(quoted) };
	enum drop_reason why;

	if (walk.offset > end || bpf_skb_load_bytes(skb, offset, &quoted, sizeof(quoted)))
		return DROP_TRUNCATED;
	if (quoted.version != 6)
		return DROP_MALFORMED;
	pkt->quoted = offset;
	__builtin_memcpy(&pkt->source, &quoted.daddr, sizeof(pkt->source));
	__builtin_memcpy(&pkt->destination, &quoted.saddr, sizeof(pkt->destination));
	walk.next = quoted.nexthdr;
	if ((why = walk_extensions(skb, &walk, end)))
		return why;
	if (is_later_fragment(&walk))
		return DROP_ICMP_QUOTE_FOREIGN;
	pkt->protocol = walk.next;
	return parse_quoted(skb, pkt, walk.offset, end, role6);
}

/* RS is but a header and options, and of RA only the type is looked at. */
static __always_inline enum drop_reason parse_neighbour(struct __sk_buff *skb, struct packet *pkt,
							__u32 offset, __u32 end)
{
	struct neighbour_message *message;

	pkt->end = end;
	pkt->transport = offset + sizeof(message->icmp);
	if (pkt->icmp6_type < ND_NEIGHBOUR_SOLICIT)
		return DROP_NONE;
	message = header(skb, offset, sizeof(*message));
	if (!message || offset + sizeof(*message) > end)
		return DROP_TRUNCATED;
	pkt->transport = offset + sizeof(*message);
	pkt->claimed = message->target;
	return DROP_NONE;
}

static __always_inline enum drop_reason parse_icmp6(struct __sk_buff *skb, struct packet *pkt,
						    __u32 offset, __u32 end, __u8 hop_limit)
{
	struct icmp_header *icmp = header(skb, offset, sizeof(*icmp));
	enum icmp_role role;

	if (!icmp || offset + sizeof(*icmp) > end)
		return DROP_TRUNCATED;
	pkt->icmp6_type = icmp->type;
	role = role6(icmp->type);
	if (role != ICMP_OTHER)
		return parse_query(pkt, icmp->query_id, role);
	switch (icmp->type) {
	case ICMP6_UNREACHABLE ... ICMP6_PARAMETER_PROBLEM:
		return parse_quote6(skb, pkt, offset + sizeof(*icmp), end);
	case ND_REDIRECT:
		return DROP_UNSUPPORTED_IPV6;
	case MLD_QUERY ... MLD_DONE:
	case MLD2_REPORT:
		pkt->kind = PACKET_LINK;
		if (hop_limit != MLD_HOP_LIMIT)
			return DROP_MALFORMED;
		return is_link_local6(&pkt->source) || is_unspecified(&pkt->source)
			       ? DROP_NONE
			       : DROP_MALFORMED;
	case ND_ROUTER_SOLICIT ... ND_NEIGHBOUR_ADVERT:
		pkt->kind = PACKET_LINK;
		if (hop_limit != ND_HOP_LIMIT)
			return DROP_MALFORMED;
		return parse_neighbour(skb, pkt, offset, end);
	}
	pkt->kind = PACKET_UNTRACKED;
	return DROP_NONE;
}

#endif
