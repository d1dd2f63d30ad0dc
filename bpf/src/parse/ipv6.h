/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* IPv6, RFC 8200. It is not judged yet: only what a link needs is let through. */
#ifndef HEDDLE_PARSE_IPV6_H
#define HEDDLE_PARSE_IPV6_H

#include <linux/in.h>
#include <linux/ipv6.h>

#include "../packet.h"

enum icmp6_type {
	MLD_QUERY = 130,
	MLD_DONE = 132,
	ND_ROUTER_SOLICIT = 133,
	ND_ROUTER_ADVERT = 134,
	ND_NEIGHBOUR_SOLICIT = 135,
	ND_NEIGHBOUR_ADVERT = 136,
	MLD2_REPORT = 143,
};

static __always_inline enum drop_reason parse_ipv6(struct __sk_buff *skb, struct packet *pkt)
{
	struct ipv6hdr *ip = header(skb, ETH_HLEN, sizeof(*ip));
	__u32 offset = ETH_HLEN + sizeof(*ip);
	struct in6_addr source;
	__u8 next, *icmp, *option;

	if (!ip)
		return DROP_TRUNCATED;
	next = ip->nexthdr;
	source = ip->saddr;
	pkt->source_is_link_local =
		(source.s6_addr32[0] & bpf_htonl(0xffc00000)) == bpf_htonl(0xfe800000) ||
		!(source.s6_addr32[0] | source.s6_addr32[1] | source.s6_addr32[2] |
		  source.s6_addr32[3]);

	/* MLD carries a router alert: one hop-by-hop header of eight bytes. */
	if (next == IPPROTO_HOPOPTS) {
		option = header(skb, offset, 8);
		if (!option)
			return DROP_TRUNCATED;
		if (option[1])
			return DROP_UNSUPPORTED_IPV6;
		next = option[0];
		offset += 8;
	}
	if (next != IPPROTO_ICMPV6)
		return DROP_UNSUPPORTED_IPV6;
	icmp = header(skb, offset, 8);
	if (!icmp)
		return DROP_TRUNCATED;
	pkt->kind = PACKET_LINK;
	pkt->protocol = IPPROTO_ICMPV6;
	pkt->icmp6_type = icmp[0];

	switch (pkt->icmp6_type) {
	case MLD_QUERY ... MLD_DONE:
	case MLD2_REPORT:
	case ND_ROUTER_SOLICIT ... ND_NEIGHBOUR_SOLICIT:
		return DROP_NONE;
	case ND_NEIGHBOUR_ADVERT:
		icmp = header(skb, offset, 8 + sizeof(source));
		if (!icmp)
			return DROP_TRUNCATED;
		pkt->claims_own_address = !__builtin_memcmp(icmp + 8, &source, sizeof(source));
		return DROP_NONE;
	}
	return DROP_UNSUPPORTED_IPV6;
}

#endif
