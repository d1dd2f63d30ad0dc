/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* ICMP, RFC 792: echoes are flows of their own, errors speak about others'. */
#ifndef HEDDLE_PARSE_ICMP4_H
#define HEDDLE_PARSE_ICMP4_H

#include <linux/in.h>
#include <linux/ip.h>

#include "../packet.h"
#include "fragment4.h"

enum icmp_type {
	ICMP_ECHO_REPLY = 0,
	ICMP_UNREACHABLE = 3,
	ICMP_ECHO_REQUEST = 8,
	ICMP_TIME_EXCEEDED = 11,
	ICMP_PARAMETER_PROBLEM = 12,
};

struct icmp_header {
	__u8 type;
	__u8 code;
	__be16 checksum;
	__be16 echo_id;
	__be16 echo_sequence;
};

/* An ICMP error speaks about the packet it quotes: take that packet's way back. */
static __always_inline enum drop_reason parse_quote(struct __sk_buff *skb, struct packet *pkt,
						    __u32 offset, __u32 end)
{
	struct iphdr quoted;
	__be16 ports[2];
	struct icmp_header echo;

	if (offset + sizeof(quoted) > end ||
	    bpf_skb_load_bytes(skb, offset, &quoted, sizeof(quoted)))
		return DROP_TRUNCATED;
	if (quoted.version != 4 || quoted.ihl < 5)
		return DROP_MALFORMED;
	if (quoted.frag_off & bpf_htons(IP_OFFSET_MASK))
		return DROP_ICMP_QUOTE_FOREIGN;
	offset += quoted.ihl * 4;
	pkt->kind = PACKET_QUOTES;
	pkt->protocol = quoted.protocol;
	pkt->source = quoted.daddr;
	pkt->destination = quoted.saddr;

	switch (quoted.protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_SCTP:
		if (offset + sizeof(ports) > end ||
		    bpf_skb_load_bytes(skb, offset, ports, sizeof(ports)))
			return DROP_TRUNCATED;
		pkt->source_port = ports[1];
		pkt->destination_port = ports[0];
		return DROP_NONE;
	case IPPROTO_ICMP:
		if (offset + sizeof(echo) > end ||
		    bpf_skb_load_bytes(skb, offset, &echo, sizeof(echo)))
			return DROP_TRUNCATED;
		if (echo.type == ICMP_ECHO_REQUEST)
			pkt->destination_port = echo.echo_id;
		else if (echo.type == ICMP_ECHO_REPLY)
			pkt->source_port = echo.echo_id;
		return DROP_NONE;
	}
	return DROP_NONE;
}

static __always_inline enum drop_reason parse_icmp(struct __sk_buff *skb, struct packet *pkt,
						   __u32 offset, __u32 end)
{
	struct icmp_header *icmp = header(skb, offset, sizeof(*icmp));

	if (!icmp || offset + sizeof(*icmp) > end)
		return DROP_TRUNCATED;
	switch (icmp->type) {
	case ICMP_ECHO_REQUEST:
		pkt->kind = PACKET_OPENS;
		pkt->source_port = icmp->echo_id;
		return DROP_NONE;
	case ICMP_ECHO_REPLY:
		pkt->kind = PACKET_CONTINUES;
		pkt->destination_port = icmp->echo_id;
		return DROP_NONE;
	case ICMP_UNREACHABLE:
	case ICMP_TIME_EXCEEDED:
	case ICMP_PARAMETER_PROBLEM:
		return parse_quote(skb, pkt, offset + sizeof(*icmp), end);
	}
	pkt->kind = PACKET_UNTRACKED;
	return DROP_NONE;
}

#endif
