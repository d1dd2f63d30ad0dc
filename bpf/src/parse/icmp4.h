/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* ICMP, RFC 792 and RFC 950. */
#ifndef HEDDLE_PARSE_ICMP4_H
#define HEDDLE_PARSE_ICMP4_H

#include <linux/ip.h>

#include "icmp.h"

enum ip_fragment_bits {
	IP_MORE_FRAGMENTS = 0x2000,
	IP_OFFSET_MASK = 0x1fff,
};

enum icmp_type {
	ICMP_ECHO_REPLY = 0,
	ICMP_UNREACHABLE = 3,
	ICMP_ECHO_REQUEST = 8,
	ICMP_TIME_EXCEEDED = 11,
	ICMP_PARAMETER_PROBLEM = 12,
	ICMP_TIMESTAMP = 13,
	ICMP_TIMESTAMP_REPLY = 14,
	ICMP_INFORMATION_REQUEST = 15,
	ICMP_INFORMATION_REPLY = 16,
	ICMP_ADDRESS_MASK_REQUEST = 17,
	ICMP_ADDRESS_MASK_REPLY = 18,
};

static __always_inline enum icmp_role role4(__u8 type)
{
	switch (type) {
	case ICMP_ECHO_REQUEST:
	case ICMP_TIMESTAMP:
	case ICMP_INFORMATION_REQUEST:
	case ICMP_ADDRESS_MASK_REQUEST:
		return ICMP_ASKS;
	case ICMP_ECHO_REPLY:
	case ICMP_TIMESTAMP_REPLY:
	case ICMP_INFORMATION_REPLY:
	case ICMP_ADDRESS_MASK_REPLY:
		return ICMP_ANSWERS;
	}
	return ICMP_OTHER;
}

/* An ICMP error speaks about the packet it quotes: take that packet's way back. */
static __always_inline enum drop_reason parse_quote4(struct __sk_buff *skb, struct packet *pkt,
						     __u32 offset, __u32 end)
{
	struct iphdr quoted;

	if (offset + sizeof(quoted) > end ||
	    bpf_skb_load_bytes(skb, offset, &quoted, sizeof(quoted)))
		return DROP_TRUNCATED;
	if (quoted.version != 4 || quoted.ihl < 5)
		return DROP_MALFORMED;
	if (quoted.frag_off & bpf_htons(IP_OFFSET_MASK))
		return DROP_ICMP_QUOTE_FOREIGN;
	pkt->quoted = offset;
	pkt->protocol = quoted.protocol;
	pkt->source.word[0] = quoted.daddr;
	pkt->destination.word[0] = quoted.saddr;
	return parse_quoted(skb, pkt, offset + quoted.ihl * 4, end, role4);
}

static __always_inline enum drop_reason parse_icmp4(struct __sk_buff *skb, struct packet *pkt,
						    __u32 offset, __u32 end)
{
	struct icmp_header *icmp = header(skb, offset, sizeof(*icmp));
	enum icmp_role role;

	if (!icmp || offset + sizeof(*icmp) > end)
		return DROP_TRUNCATED;
	role = role4(icmp->type);
	if (role != ICMP_OTHER)
		return parse_query(pkt, icmp->query_id, role);
	switch (icmp->type) {
	case ICMP_UNREACHABLE:
	case ICMP_TIME_EXCEEDED:
	case ICMP_PARAMETER_PROBLEM:
		return parse_quote4(skb, pkt, offset + sizeof(*icmp), end);
	}
	pkt->kind = PACKET_UNTRACKED;
	return DROP_NONE;
}

#endif
