/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* From bytes to struct packet. Knows nothing of endpoints and policy. */
#ifndef HEDDLE_PARSE_H
#define HEDDLE_PARSE_H

#include "parse/arp.h"
#include "parse/ipv4.h"
#include "parse/ipv6.h"

/* The link's header: who sends it, and what it carries. */
static __always_inline enum drop_reason parse_link(struct __sk_buff *skb, struct packet *pkt)
{
	struct ethhdr *eth;

	if (skb->vlan_present)
		return DROP_VLAN_TAGGED;
	eth = header(skb, 0, sizeof(*eth));
	if (!eth)
		return DROP_TRUNCATED;
	pkt->ethertype = eth->h_proto;
	__builtin_memcpy(pkt->source_mac, eth->h_source, ETH_ALEN);
	return DROP_NONE;
}

static __always_inline enum family family_of(const struct packet *pkt)
{
	return pkt->ethertype == bpf_htons(ETH_P_IPV6) ? IPV6 : IPV4;
}

/* The rest, of a packet whose link's header is parsed. */
static __always_inline enum drop_reason parse(struct __sk_buff *skb, struct packet *pkt,
					      enum direction direction, enum family family)
{
	if (family == IPV6)
		return parse_ipv6(skb, pkt, direction);
	if (pkt->ethertype == bpf_htons(ETH_P_IP))
		return parse_ipv4(skb, pkt, direction);
	if (pkt->ethertype == bpf_htons(ETH_P_ARP))
		return parse_arp(skb, pkt);
	if (pkt->ethertype == bpf_htons(ETH_P_8021Q) || pkt->ethertype == bpf_htons(ETH_P_8021AD))
		return DROP_VLAN_TAGGED;
	return DROP_UNKNOWN_ETHERTYPE;
}

#endif
