/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* From bytes to struct packet. Knows nothing of endpoints and policy. */
#ifndef HEDDLE_PARSE_H
#define HEDDLE_PARSE_H

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "maps.h"

enum packet_kind {
	PACKET_LINK = 0, /* ARP, neighbour discovery: only the source is checked */
	PACKET_OPENS = 1, /* starts a flow and can never be a reply: TCP SYN, ICMP echo request */
	PACKET_EITHER = 2, /* starts a flow when none is known: UDP, SCTP, other protocols */
	PACKET_CONTINUES = 3, /* belongs to a flow: other TCP, ICMP echo reply */
	PACKET_UNTRACKED = 4, /* other ICMP */
	PACKET_QUOTES = 5, /* ICMP error: source..destination_port are the quoted flow, reversed */
};

enum tcp_flag {
	TCP_FIN = 0x01,
	TCP_SYN = 0x02,
	TCP_RST = 0x04,
	TCP_ACK = 0x10,
};

enum icmp6_type {
	MLD_QUERY = 130,
	MLD_DONE = 132,
	ND_ROUTER_SOLICIT = 133,
	ND_ROUTER_ADVERT = 134,
	ND_NEIGHBOUR_SOLICIT = 135,
	ND_NEIGHBOUR_ADVERT = 136,
	MLD2_REPORT = 143,
};

enum ip_fragment_bits {
	IP_MORE_FRAGMENTS = 0x2000,
	IP_OFFSET_MASK = 0x1fff,
	TCP_HEADER_FRAGMENTS =
		3, /* fragment offsets (in 8 bytes) below this overwrite a TCP header */
};

/* ARP for IPv4 over Ethernet, RFC 826. (linux/if_arp.h and linux/icmp.h want a C library.) */
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

/* RFC 792. */
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

struct packet {
	__u8 source_mac[ETH_ALEN];
	__be16 ethertype;
	__be32 source; /* the flow's; ARP: the sender's */
	__be32 destination;
	__be16 source_port; /* ICMP echo: its id is the requester's port */
	__be16 destination_port;
	__u8 protocol;
	__u8 kind; /* enum packet_kind */
	__u8 tcp_flags;
	__u8 icmp6_type;
	__be32 outer_source; /* what the IP header says, also when an error quotes a flow */
	__be32 outer_destination;
	__u8 claimed_mac[ETH_ALEN]; /* ARP: the sender's */
	__u8 source_is_link_local; /* IPv6: fe80::/10 or :: */
	__u8 claims_own_address; /* IPv6 neighbour advertisement for its own source */
};

/* The bytes at an offset of the linear part, or NULL. The verifier must see the pointer compared. */
static __always_inline void *linear(struct __sk_buff *skb, __u32 offset, __u32 length)
{
	void *start = (void *)(long)skb->data + offset;

	barrier_var(start);
	return start + length > (void *)(long)skb->data_end ? NULL : start;
}

/*
 * The same, pulled into the linear part when it is not there. Pointers got
 * earlier are invalid afterwards.
 */
static __always_inline void *header(struct __sk_buff *skb, __u32 offset, __u32 length)
{
	void *start = linear(skb, offset, length);

	if (start || bpf_skb_pull_data(skb, offset + length))
		return start;
	return linear(skb, offset, length);
}

static __always_inline enum drop_reason parse_arp(struct __sk_buff *skb, struct packet *pkt)
{
	struct arp_ipv4 *arp = header(skb, ETH_HLEN, sizeof(*arp));

	if (!arp)
		return DROP_TRUNCATED;
	if (arp->protocol_type != bpf_htons(ETH_P_IP) || arp->hardware_length != ETH_ALEN ||
	    arp->protocol_length != sizeof(__be32))
		return DROP_MALFORMED;
	pkt->kind = PACKET_LINK;
	pkt->source = arp->sender;
	pkt->destination = arp->target;
	__builtin_memcpy(pkt->claimed_mac, arp->sender_mac, ETH_ALEN);
	return DROP_NONE;
}

/* IPv6 is not judged yet: only what a link needs is let through. */
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

/* An ICMP error speaks about the packet it quotes, RFC 792: take that packet's way back. */
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

static __always_inline enum drop_reason parse_tcp(struct __sk_buff *skb, struct packet *pkt,
						  __u32 offset, __u32 end)
{
	struct tcphdr *tcp = header(skb, offset, sizeof(*tcp));

	if (!tcp || offset + sizeof(*tcp) > end)
		return DROP_TRUNCATED;
	if (tcp->doff < 5)
		return DROP_MALFORMED;
	pkt->source_port = tcp->source;
	pkt->destination_port = tcp->dest;
	pkt->tcp_flags = ((__u8 *)tcp)[13];
	pkt->kind =
		(pkt->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN ? PACKET_OPENS : PACKET_CONTINUES;
	return DROP_NONE;
}

/* UDP and SCTP begin alike: two ports. */
static __always_inline enum drop_reason parse_ports(struct __sk_buff *skb, struct packet *pkt,
						    __u32 offset, __u32 end)
{
	struct udphdr *udp = header(skb, offset, sizeof(*udp));

	if (!udp || offset + sizeof(*udp) > end)
		return DROP_TRUNCATED;
	pkt->source_port = udp->source;
	pkt->destination_port = udp->dest;
	pkt->kind = PACKET_EITHER;
	return DROP_NONE;
}

static __always_inline enum drop_reason parse_transport(struct __sk_buff *skb, struct packet *pkt,
							__u32 offset, __u32 end)
{
	switch (pkt->protocol) {
	case IPPROTO_TCP:
		return parse_tcp(skb, pkt, offset, end);
	case IPPROTO_UDP:
	case IPPROTO_SCTP:
		return parse_ports(skb, pkt, offset, end);
	case IPPROTO_ICMP:
		return parse_icmp(skb, pkt, offset, end);
	}
	pkt->kind = PACKET_EITHER;
	return DROP_NONE;
}

/* The first fragment of a datagram speaks for the later ones. */
static __always_inline void remember_fragment(const struct fragment4_key *key,
					      const struct packet *pkt)
{
	struct fragment4 first = {
		.source_port = pkt->source_port,
		.destination_port = pkt->destination_port,
		.kind = pkt->kind,
	};

	if (pkt->kind != PACKET_QUOTES)
		bpf_map_update_elem(&fragments4, key, &first, BPF_ANY);
}

static __always_inline enum drop_reason recall_fragment(const struct fragment4_key *key,
							struct packet *pkt, __u32 offset)
{
	struct fragment4 *first;

	if (pkt->protocol == IPPROTO_TCP && offset < TCP_HEADER_FRAGMENTS)
		return DROP_MALFORMED;
	first = bpf_map_lookup_elem(&fragments4, key);
	if (!first)
		return DROP_FRAGMENT_UNKNOWN;
	pkt->source_port = first->source_port;
	pkt->destination_port = first->destination_port;
	pkt->kind = first->kind;
	return DROP_NONE;
}

static __always_inline enum drop_reason parse_ipv4(struct __sk_buff *skb, struct packet *pkt,
						   enum direction direction)
{
	struct iphdr *ip = header(skb, ETH_HLEN, sizeof(*ip));
	struct fragment4_key key = {};
	enum drop_reason why;
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
	pkt->source = pkt->outer_source = ip->saddr;
	pkt->destination = pkt->outer_destination = ip->daddr;
	pkt->protocol = ip->protocol;
	fragment = bpf_ntohs(ip->frag_off);
	if (!(fragment & (IP_MORE_FRAGMENTS | IP_OFFSET_MASK)))
		return parse_transport(skb, pkt, ETH_HLEN + offset, ETH_HLEN + length);

	key.source = ip->saddr;
	key.destination = ip->daddr;
	key.id = ip->id;
	key.protocol = ip->protocol;
	key.direction = direction;
	key.ifindex = skb->ifindex;
	if (fragment & IP_OFFSET_MASK)
		return recall_fragment(&key, pkt, fragment & IP_OFFSET_MASK);
	why = parse_transport(skb, pkt, ETH_HLEN + offset, ETH_HLEN + length);
	if (!why)
		remember_fragment(&key, pkt);
	return why;
}

static __always_inline enum drop_reason parse(struct __sk_buff *skb, struct packet *pkt,
					      enum direction direction)
{
	struct ethhdr *eth;

	if (skb->vlan_present)
		return DROP_VLAN_TAGGED;
	eth = header(skb, 0, sizeof(*eth));
	if (!eth)
		return DROP_TRUNCATED;
	pkt->ethertype = eth->h_proto;
	__builtin_memcpy(pkt->source_mac, eth->h_source, ETH_ALEN);
	if (pkt->ethertype == bpf_htons(ETH_P_IP))
		return parse_ipv4(skb, pkt, direction);
	if (pkt->ethertype == bpf_htons(ETH_P_ARP))
		return parse_arp(skb, pkt);
	if (pkt->ethertype == bpf_htons(ETH_P_IPV6))
		return parse_ipv6(skb, pkt);
	if (pkt->ethertype == bpf_htons(ETH_P_8021Q) || pkt->ethertype == bpf_htons(ETH_P_8021AD))
		return DROP_VLAN_TAGGED;
	return DROP_UNKNOWN_ETHERTYPE;
}

#endif
