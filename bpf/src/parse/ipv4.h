/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* IPv4, RFC 791. */
#ifndef HEDDLE_PARSE_IPV4_H
#define HEDDLE_PARSE_IPV4_H

#include <linux/in.h>
#include <linux/ip.h>

#include "fragment.h"
#include "icmp4.h"
#include "transport.h"

static __always_inline enum drop_reason parse_payload4(struct __sk_buff *skb, struct packet *pkt,
						       __u32 offset, __u32 end)
{
	if (pkt->protocol == IPPROTO_ICMP)
		return parse_icmp4(skb, pkt, offset, end);
	return parse_transport(skb, pkt, offset, end);
}

static __always_inline enum drop_reason parse_first_fragment4(struct __sk_buff *skb,
							      struct packet *pkt, __u32 offset,
							      __u32 end,
							      const struct fragment4_key *key)
{
	enum drop_reason why = parse_payload4(skb, pkt, offset, end);
	struct first_fragment first;

	if (why || pkt->kind == PACKET_QUOTES)
		return why;
	pkt->is_fragmented = 1;
	first = first_fragment(pkt);
	bpf_map_update_elem(&fragments4, key, &first, BPF_ANY);
	return DROP_NONE;
}

static __always_inline enum drop_reason parse_ipv4(struct __sk_buff *skb, struct packet *pkt,
						   enum direction direction)
{
	struct iphdr *ip = header(skb, ETH_HLEN, sizeof(*ip));
	struct fragment4_key key = {};
	__u32 offset, length;
	__u16 fragment;

	if (!ip)
		return DROP_TRUNCATED;
	offset = ip->ihl * 4;
	length = bpf_ntohs(ip->tot_len);
	if (!length && skb->gso_segs > 1) /* a segmented packet above 64 KiB says 0 */
		length = skb->len - ETH_HLEN;
	if (ip->version != 4 || offset < sizeof(*ip) || length < offset)
		return DROP_MALFORMED;
	if (ETH_HLEN + length > skb->len)
		return DROP_TRUNCATED;
	pkt->source.word[0] = pkt->outer_source.word[0] = ip->saddr;
	pkt->destination.word[0] = pkt->outer_destination.word[0] = ip->daddr;
	pkt->protocol = ip->protocol;
	fragment = bpf_ntohs(ip->frag_off);
	if (!(fragment & (IP_MORE_FRAGMENTS | IP_OFFSET_MASK)))
		return parse_payload4(skb, pkt, ETH_HLEN + offset, ETH_HLEN + length);

	key.source = ip->saddr;
	key.destination = ip->daddr;
	key.id = ip->id;
	key.protocol = ip->protocol;
	key.direction = direction;
	key.ifindex = skb->ifindex;
	if (fragment & IP_OFFSET_MASK)
		return follow_fragment(bpf_map_lookup_elem(&fragments4, &key), pkt,
				       fragment & IP_OFFSET_MASK);
	return parse_first_fragment4(skb, pkt, ETH_HLEN + offset, ETH_HLEN + length, &key);
}

#endif
