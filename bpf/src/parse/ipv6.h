/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* IPv6, RFC 8200. */
#ifndef HEDDLE_PARSE_IPV6_H
#define HEDDLE_PARSE_IPV6_H

#include <linux/in.h>
#include <linux/ipv6.h>

#include "extension6.h"
#include "fragment.h"
#include "icmp6.h"
#include "transport.h"

static __always_inline enum drop_reason parse_payload6(struct __sk_buff *skb, struct packet *pkt,
						       __u32 offset, __u32 end, __u8 hop_limit)
{
	if (pkt->protocol == IPPROTO_ICMPV6)
		return parse_icmp6(skb, pkt, offset, end, hop_limit);
	return parse_transport(skb, pkt, offset, end);
}

static __always_inline enum drop_reason parse_fragment6(struct __sk_buff *skb, struct packet *pkt,
							enum direction direction,
							const struct walk6 *walk, __u32 end,
							__u8 hop_limit)
{
	struct fragment6_key key = {
		.source = pkt->source,
		.destination = pkt->destination,
		.id = walk->id,
		.ifindex = skb->ifindex,
		.direction = direction,
	};
	struct first_fragment first;
	enum drop_reason why;

	if (is_later_fragment(walk))
		return follow_fragment(bpf_map_lookup_elem(&fragments6, &key), pkt,
				       walk->field >> FRAGMENT6_OFFSET_SHIFT);
	why = parse_payload6(skb, pkt, walk->offset, end, hop_limit);
	if (why || pkt->kind == PACKET_QUOTES)
		return why;
	if (pkt->kind == PACKET_LINK) /* RFC 6980 */
		return DROP_MALFORMED;
	pkt->is_fragmented = 1;
	first = first_fragment(pkt);
	bpf_map_update_elem(&fragments6, &key, &first, BPF_ANY);
	return DROP_NONE;
}

static __always_inline enum drop_reason parse_ipv6(struct __sk_buff *skb, struct packet *pkt,
						   enum direction direction)
{
	struct ipv6hdr *ip = header(skb, ETH_HLEN, sizeof(*ip));
	struct walk6 walk = { .offset = ETH_HLEN + sizeof(*ip) };
	enum drop_reason why;
	__u8 hop_limit;
	__u32 end;

	if (!ip)
		return DROP_TRUNCATED;
	if (ip->version != 6)
		return DROP_MALFORMED;
	end = walk.offset + bpf_ntohs(ip->payload_len);
	if (!ip->payload_len && skb->gso_segs > 1) /* a segmented packet above 64 KiB says 0 */
		end = skb->len;
	if (end > skb->len)
		return DROP_TRUNCATED;
	__builtin_memcpy(&pkt->source, &ip->saddr, sizeof(pkt->source));
	__builtin_memcpy(&pkt->destination, &ip->daddr, sizeof(pkt->destination));
	pkt->outer_source = pkt->source;
	pkt->outer_destination = pkt->destination;
	hop_limit = ip->hop_limit;
	walk.next = ip->nexthdr;
	if ((why = walk_extensions(skb, &walk, end)))
		return why;
	pkt->protocol = walk.next;
	if (is_fragmented(&walk))
		return parse_fragment6(skb, pkt, direction, &walk, end, hop_limit);
	return parse_payload6(skb, pkt, walk.offset, end, hop_limit);
}

#endif
