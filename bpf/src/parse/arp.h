/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* Who claims an IPv4 address on a link. */
#ifndef HEDDLE_PARSE_ARP_H
#define HEDDLE_PARSE_ARP_H

#include "../packet.h"

/* ARP for IPv4 over Ethernet, RFC 826. (linux/if_arp.h wants a C library.) */
struct arp_ipv4 {
	__be16 hardware_type;
	__be16 protocol_type;
	__u8 hardware_length;
	__u8 protocol_length;
	__be16 operation;
	__u8 sender_mac[ETH_ALEN];
	__be32 sender;
	__u8 target_mac[ETH_ALEN];
	__be32 target;
} __attribute__((packed));

static __always_inline enum drop_reason parse_arp(struct __sk_buff *skb, struct packet *pkt)
{
	struct arp_ipv4 *arp = header(skb, ETH_HLEN, sizeof(*arp));

	if (!arp)
		return DROP_TRUNCATED;
	if (arp->protocol_type != bpf_htons(ETH_P_IP) || arp->hardware_length != ETH_ALEN ||
	    arp->protocol_length != sizeof(__be32))
		return DROP_MALFORMED;
	pkt->kind = PACKET_LINK;
	pkt->source.word[0] = arp->sender;
	pkt->destination.word[0] = arp->target;
	__builtin_memcpy(pkt->claimed_mac, arp->sender_mac, ETH_ALEN);
	return DROP_NONE;
}

#endif
