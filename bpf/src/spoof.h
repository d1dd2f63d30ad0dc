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
	return pkt->source.word[0] == endpoint->ipv4 || !pkt->source.word[0];
}

static __always_inline int has_address(const struct endpoint *endpoint,
				       const struct address *address, enum family family)
{
	if (is_unspecified(address))
		return 0;
	return family == IPV6 ? is_same(address, &endpoint->ipv6)
			      : address->word[0] == endpoint->ipv4;
}

/* Which link-local address is whose, only the link knows; none of them is an identity. */
static __always_inline int may_speak_as(const struct endpoint *endpoint,
					const struct address *address, enum family family)
{
	return (family == IPV6 && is_link_local6(address)) ||
	       has_address(endpoint, address, family);
}

static __always_inline enum drop_reason check_neighbour_claim(const struct endpoint *endpoint,
							      const struct packet *pkt)
{
	switch (pkt->icmp6_type) {
	case ND_ROUTER_ADVERT:
		return DROP_SPOOFED_NEIGHBOUR;
	case ND_NEIGHBOUR_ADVERT: /* of a link-local address only by who speaks from it */
		if (has_address(endpoint, &pkt->claimed, IPV6) ||
		    is_same(&pkt->claimed, &pkt->source))
			return DROP_NONE;
		return DROP_SPOOFED_NEIGHBOUR;
	case ND_NEIGHBOUR_SOLICIT: /* from nobody: a claim, if nobody objects; RFC 4862 */
		if (!is_unspecified(&pkt->source) || may_speak_as(endpoint, &pkt->claimed, IPV6))
			return DROP_NONE;
		return DROP_SPOOFED_NEIGHBOUR;
	}
	return DROP_NONE;
}

static __always_inline enum drop_reason check_ipv6_source(const struct endpoint *endpoint,
							  const struct packet *pkt)
{
	if (!may_speak_as(endpoint, &pkt->outer_source, IPV6) &&
	    !(pkt->kind == PACKET_LINK && is_unspecified(&pkt->outer_source)))
		return DROP_SPOOFED_ADDRESS;
	return pkt->kind == PACKET_LINK ? check_neighbour_claim(endpoint, pkt) : DROP_NONE;
}

static __always_inline enum drop_reason check_source(const struct endpoint *endpoint,
						     const struct packet *pkt, enum family family)
{
	if (!is_own_mac(endpoint, pkt->source_mac))
		return DROP_SPOOFED_MAC;
	if (family == IPV6)
		return check_ipv6_source(endpoint, pkt);
	if (pkt->ethertype == bpf_htons(ETH_P_ARP))
		return is_own_claim(endpoint, pkt) ? DROP_NONE : DROP_SPOOFED_ARP;
	return has_address(endpoint, &pkt->outer_source, IPV4) ? DROP_NONE : DROP_SPOOFED_ADDRESS;
}

/* An ICMP error is about a packet that its sender received and its receiver sent. */
static __always_inline enum drop_reason check_quote(const struct endpoint *endpoint,
						    const struct packet *pkt,
						    enum direction direction, enum family family)
{
	if (pkt->kind != PACKET_QUOTES)
		return DROP_NONE;
	if (direction == INGRESS)
		return may_speak_as(endpoint, &pkt->destination, family) ? DROP_NONE
									 : DROP_ICMP_QUOTE_FOREIGN;
	if (!may_speak_as(endpoint, &pkt->source, family) ||
	    !is_same(&pkt->destination, &pkt->outer_destination))
		return DROP_ICMP_QUOTE_FOREIGN;
	return DROP_NONE;
}

#endif
