/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* A pod speaks only as itself. */
#ifndef HEDDLE_SPOOF_H
#define HEDDLE_SPOOF_H

#include "parse.h"

static __always_inline __u64 mac_word(const __u8 *mac)
{
	__u64 word = 0;

	__builtin_memcpy(&word, mac, ETH_ALEN);
	return word;
}

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

/* Whoever hears it sends to the hardware address that an option says. */
static __always_inline enum drop_reason
check_neighbour_option(const struct neighbour_option *option, __u64 own)
{
	if (option->type != ND_SOURCE_LINK_LAYER && option->type != ND_TARGET_LINK_LAYER)
		return DROP_NONE;
	if (option->length * 8 != sizeof(*option))
		return DROP_MALFORMED;
	return own && own != mac_word(option->mac) ? DROP_SPOOFED_NEIGHBOUR : DROP_NONE;
}

/*
 * own: the pod's hardware address; 0: not checked. Not inlined: the verifier looks at
 * it once, and not with all that it knows of a packet.
 */
__attribute__((noinline)) int check_neighbour_options(struct __sk_buff *skb, __u32 offset,
						      __u32 end, __u64 own)
{
	for (int i = 0; i < NEIGHBOUR_OPTIONS; i++) {
		struct neighbour_option option;
		enum drop_reason why;

		if (offset == end)
			return DROP_NONE;
		if (offset + sizeof(option) > end ||
		    bpf_skb_load_bytes(skb, offset, &option, sizeof(option)))
			return DROP_TRUNCATED;
		if ((why = check_neighbour_option(&option, own)))
			return why;
		offset += option.length * 8;
	}
	/* More of them, or one of length 0, which is never passed. */
	return offset == end ? DROP_NONE : DROP_MALFORMED;
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

static __always_inline enum drop_reason
check_neighbour(struct __sk_buff *skb, const struct endpoint *endpoint, const struct packet *pkt)
{
	enum drop_reason why = check_neighbour_claim(endpoint, pkt);

	if (why || !pkt->transport)
		return why;
	return check_neighbour_options(skb, pkt->transport, pkt->end, mac_word(endpoint->mac));
}

static __always_inline enum drop_reason
check_ipv6_source(struct __sk_buff *skb, const struct endpoint *endpoint, const struct packet *pkt)
{
	if (!may_speak_as(endpoint, &pkt->outer_source, IPV6) &&
	    !(pkt->kind == PACKET_LINK && is_unspecified(&pkt->outer_source)))
		return DROP_SPOOFED_ADDRESS;
	return pkt->kind == PACKET_LINK ? check_neighbour(skb, endpoint, pkt) : DROP_NONE;
}

static __always_inline enum drop_reason check_source(struct __sk_buff *skb,
						     const struct endpoint *endpoint,
						     const struct packet *pkt, enum family family)
{
	if (!is_own_mac(endpoint, pkt->source_mac))
		return DROP_SPOOFED_MAC;
	if (family == IPV6)
		return check_ipv6_source(skb, endpoint, pkt);
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
