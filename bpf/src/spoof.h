/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* A pod speaks only as itself. */
#ifndef HEDDLE_SPOOF_H
#define HEDDLE_SPOOF_H

#include "parse.h"

static __always_inline int is_own_mac(const struct endpoint *endpoint, const __u8 *mac)
{
	__u8 any = 0, differs = 0;

#pragma unroll
	for (int i = 0; i < ETH_ALEN; i++) {
		any |= endpoint->mac[i];
		differs |= endpoint->mac[i] ^ mac[i];
	}
	return !any || !differs;
}

/* RFC 5227: a probe asks with sender 0.0.0.0 before it claims anything. */
static __always_inline int is_own_claim(const struct endpoint *endpoint, const struct packet *pkt)
{
	if (!is_own_mac(endpoint, pkt->claimed_mac))
		return 0;
	return pkt->source == endpoint->ipv4 || !pkt->source;
}

static __always_inline enum drop_reason check_ipv6_source(const struct packet *pkt)
{
	if (!pkt->source_is_link_local)
		return DROP_UNSUPPORTED_IPV6;
	if (pkt->icmp6_type == ND_ROUTER_ADVERT)
		return DROP_SPOOFED_ADDRESS;
	if (pkt->icmp6_type == ND_NEIGHBOUR_ADVERT && !pkt->claims_own_address)
		return DROP_SPOOFED_ADDRESS;
	return DROP_NONE;
}

static __always_inline enum drop_reason check_source(const struct endpoint *endpoint,
						     const struct packet *pkt)
{
	if (!is_own_mac(endpoint, pkt->source_mac))
		return DROP_SPOOFED_MAC;
	if (pkt->ethertype == bpf_htons(ETH_P_ARP))
		return is_own_claim(endpoint, pkt) ? DROP_NONE : DROP_SPOOFED_ARP;
	if (pkt->ethertype == bpf_htons(ETH_P_IPV6))
		return check_ipv6_source(pkt);
	return pkt->outer_source == endpoint->ipv4 ? DROP_NONE : DROP_SPOOFED_ADDRESS;
}

/* An ICMP error is about a packet that its sender received and its receiver sent. */
static __always_inline enum drop_reason
check_quote(const struct endpoint *endpoint, const struct packet *pkt, enum direction direction)
{
	if (pkt->kind != PACKET_QUOTES)
		return DROP_NONE;
	if (direction == INGRESS)
		return pkt->destination == endpoint->ipv4 ? DROP_NONE : DROP_ICMP_QUOTE_FOREIGN;
	if (pkt->source != endpoint->ipv4 || pkt->destination != pkt->outer_destination)
		return DROP_ICMP_QUOTE_FOREIGN;
	return DROP_NONE;
}

#endif
