/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* ICMP, RFC 792. */
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
};

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
	return parse_quoted(skb, pkt, offset + quoted.ihl * 4, end, ICMP_ECHO_REQUEST,
			    ICMP_ECHO_REPLY);
}

static __always_inline enum drop_reason parse_icmp4(struct __sk_buff *skb, struct packet *pkt,
						    __u32 offset, __u32 end)
{
	struct icmp_header *icmp = header(skb, offset, sizeof(*icmp));

	if (!icmp || offset + sizeof(*icmp) > end)
		return DROP_TRUNCATED;
	switch (icmp->type) {
	case ICMP_ECHO_REQUEST:
	case ICMP_ECHO_REPLY:
		return is_echo(pkt, icmp->echo_id, icmp->type == ICMP_ECHO_REQUEST);
	case ICMP_UNREACHABLE:
	case ICMP_TIME_EXCEEDED:
	case ICMP_PARAMETER_PROBLEM:
		return parse_quote4(skb, pkt, offset + sizeof(*icmp), end);
	}
	pkt->kind = PACKET_UNTRACKED;
	return DROP_NONE;
}

#endif
