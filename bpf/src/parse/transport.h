/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* What follows the IP header, the same in both families: TCP, and all that begins with two ports. */
#ifndef HEDDLE_PARSE_TRANSPORT_H
#define HEDDLE_PARSE_TRANSPORT_H

#include <linux/in.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "../packet.h"

static __always_inline enum drop_reason parse_tcp(struct __sk_buff *skb, struct packet *pkt,
						  __u32 offset, __u32 end)
{
	struct tcphdr *tcp = header(skb, offset, sizeof(*tcp));

	if (!tcp || offset + sizeof(*tcp) > end)
		return DROP_TRUNCATED;
	if (tcp->doff < 5)
		return DROP_MALFORMED;
	pkt->transport = offset;
	pkt->source_port = tcp->source;
	pkt->destination_port = tcp->dest;
	pkt->tcp_flags = ((__u8 *)tcp)[13];
	pkt->kind =
		(pkt->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN ? PACKET_OPENS : PACKET_CONTINUES;
	return DROP_NONE;
}

static __always_inline enum drop_reason parse_udp(struct __sk_buff *skb, struct packet *pkt,
						  __u32 offset, __u32 end)
{
	struct udphdr *udp = header(skb, offset, sizeof(*udp));

	if (!udp || offset + sizeof(*udp) > end)
		return DROP_TRUNCATED;
	pkt->transport = offset;
	pkt->end = end;
	pkt->source_port = udp->source;
	pkt->destination_port = udp->dest;
	pkt->kind = PACKET_EITHER;
	return DROP_NONE;
}

/* RFC 9260. */
struct sctp_header {
	__be16 source;
	__be16 destination;
	__be32 verification_tag;
	__be32 checksum;
	__u8 chunk_type; /* of the first chunk */
	__u8 chunk_flags;
	__be16 chunk_length;
};

enum sctp_chunk_type {
	SCTP_INIT = 1, /* asks for an association; always alone in its packet, section 6.10 */
};

static __always_inline enum drop_reason parse_sctp(struct __sk_buff *skb, struct packet *pkt,
						   __u32 offset, __u32 end)
{
	struct sctp_header *sctp = header(skb, offset, sizeof(*sctp));

	if (!sctp || offset + sizeof(*sctp) > end)
		return DROP_TRUNCATED;
	pkt->transport = offset;
	pkt->end = end;
	pkt->source_port = sctp->source;
	pkt->destination_port = sctp->destination;
	pkt->kind = sctp->chunk_type == SCTP_INIT ? PACKET_OPENS : PACKET_EITHER;
	return DROP_NONE;
}

static __always_inline enum drop_reason parse_transport(struct __sk_buff *skb, struct packet *pkt,
							__u32 offset, __u32 end)
{
	switch (pkt->protocol) {
	case IPPROTO_TCP:
		return parse_tcp(skb, pkt, offset, end);
	case IPPROTO_UDP:
		return parse_udp(skb, pkt, offset, end);
	case IPPROTO_SCTP:
		return parse_sctp(skb, pkt, offset, end);
	}
	pkt->kind = PACKET_EITHER;
	return DROP_NONE;
}

#endif
