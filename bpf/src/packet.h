/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* What is known of a packet, and how its bytes are reached. */
#ifndef HEDDLE_PACKET_H
#define HEDDLE_PACKET_H

#include <linux/bpf.h>
#include <linux/if_ether.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "abi/address.h"
#include "abi/drop_reason.h"

/*
 * A parameter of this type is a constant wherever it is given, so that each
 * family gets code of its own from the same source.
 */
enum family {
	IPV4, /* and ARP, which speaks about it */
	IPV6,
};

enum packet_kind {
	PACKET_LINK = 0, /* ARP, neighbour discovery: only the source is checked */
	PACKET_OPENS = 1, /* starts a flow and is no reply: TCP SYN, SCTP INIT, ICMP query */
	PACKET_EITHER = 2, /* starts a flow when none is known: UDP, other SCTP, the rest */
	PACKET_CONTINUES = 3, /* belongs to a flow: other TCP, an answer to an ICMP query */
	PACKET_UNTRACKED = 4, /* other ICMP */
	PACKET_QUOTES = 5, /* ICMP error: source..destination_port are the quoted flow, reversed */
};

enum tcp_flag {
	TCP_FIN = 0x01,
	TCP_SYN = 0x02,
	TCP_RST = 0x04,
	TCP_ACK = 0x10,
};

struct packet {
	__u8 source_mac[ETH_ALEN];
	__be16 ethertype;
	struct address source; /* the flow's; ARP: the sender's */
	struct address destination;
	__be16 source_port; /* ICMP query: its id is the requester's port */
	__be16 destination_port;
	__u8 protocol;
	__u8 kind; /* enum packet_kind */
	__u8 tcp_flags;
	__u8 icmp6_type; /* of PACKET_LINK */
	__u8 is_fragmented; /* the first fragment of several */
	__u8 spare0[3]; /* so that all of it is written when it is copied */
	__u32 transport; /* offset of the ports, of an error those that it quotes; 0: they are not in it. Neighbour discovery: of the options */
	__u32 quoted; /* offset of the IP header that an error quotes */
	__u32 end; /* offset behind the last byte */
	struct address outer_source; /* what the IP header says, also when an error quotes a flow */
	struct address outer_destination;
	struct address claimed; /* neighbour discovery: the address that it is about */
	__u8 claimed_mac[ETH_ALEN]; /* ARP: the sender's */
	__u8 spare1[2];
};

static __always_inline int is_same(const struct address *one, const struct address *other)
{
	return !((one->word[0] ^ other->word[0]) | (one->word[1] ^ other->word[1]) |
		 (one->word[2] ^ other->word[2]) | (one->word[3] ^ other->word[3]));
}

/* 0.0.0.0 or :: */
static __always_inline int is_unspecified(const struct address *address)
{
	return !(address->word[0] | address->word[1] | address->word[2] | address->word[3]);
}

/* fe80::/10 */
static __always_inline int is_link_local6(const struct address *address)
{
	return (address->word[0] & bpf_htonl(0xffc00000)) == bpf_htonl(0xfe800000);
}

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

#endif
