/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * One end of a flow gets another address and port in a packet's bytes, and the
 * checksums follow. All arithmetic is incremental (RFC 1624), because a device may
 * still have to fill in the sums, and because only the kernel knows which.
 */
#ifndef HEDDLE_REWRITE_H
#define HEDDLE_REWRITE_H

#include <stddef.h>

#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "crc32c.h"
#include "maps.h"
#include "packet.h"
#include "parse/icmp.h"

enum rewrite_place {
	PORT_SOURCE = 0,
	PORT_DESTINATION = 2,
	SCTP_CHECKSUM = 8,
};

static __always_inline __u32 address_offset(int is_source, enum family family)
{
	if (family == IPV6)
		return is_source ? offsetof(struct ipv6hdr, saddr)
				 : offsetof(struct ipv6hdr, daddr);
	return is_source ? offsetof(struct iphdr, saddr) : offsetof(struct iphdr, daddr);
}

/* The address in the IP header at this offset, and that header's own checksum. */
static __always_inline long write_address(struct __sk_buff *skb, const struct rewrite *change,
					  __u32 ip, int is_source, enum family family)
{
	__u32 at = ip + address_offset(is_source, family);

	if (family == IPV6)
		return bpf_skb_store_bytes(skb, at, &change->to, sizeof(change->to), 0);
	return bpf_skb_store_bytes(skb, at, &change->to.word[0], sizeof(__be32), 0)
		       ?: bpf_l3_csum_replace(skb, ip + offsetof(struct iphdr, check),
					      change->from.word[0], change->to.word[0],
					      sizeof(__be32));
}

static __always_inline long write_port(struct __sk_buff *skb, const struct rewrite *change,
				       __u32 transport, int is_source)
{
	__u32 at = transport + (is_source ? PORT_SOURCE : PORT_DESTINATION);

	if (change->from_port == change->to_port)
		return 0;
	return bpf_skb_store_bytes(skb, at, &change->to_port, sizeof(__be16), 0);
}

static __always_inline __s64 address_change(const struct rewrite *change)
{
	return bpf_csum_diff((void *)&change->from, sizeof(change->from), (void *)&change->to,
			     sizeof(change->to), 0);
}

/* A checksum whose pseudo header has the address. */
static __always_inline long mend_pseudo(struct __sk_buff *skb, const struct rewrite *change,
					__u32 at, __u64 flags, enum family family)
{
	__s64 diff;
	long error;

	if (family == IPV4)
		return bpf_l4_csum_replace(skb, at, change->from.word[0], change->to.word[0],
					   flags | BPF_F_PSEUDO_HDR | sizeof(__be32));
	diff = address_change(change);
	error = bpf_l4_csum_replace(skb, at, 0, diff, flags | BPF_F_PSEUDO_HDR);
	/* The helper thinks of IPv4: the sum of all bytes that a device may have left stays the same here. */
	bpf_csum_update(skb, diff);
	return error;
}

static __always_inline long mend_sum(struct __sk_buff *skb, const struct rewrite *change, __u32 at,
				     __u64 flags, enum family family)
{
	return mend_pseudo(skb, change, at, flags, family)
		       ?: bpf_l4_csum_replace(skb, at, change->from_port, change->to_port,
					      flags | sizeof(__be16));
}

static __always_inline long mend_transport(struct __sk_buff *skb, const struct rewrite *change,
					   enum family family)
{
	switch (change->protocol) {
	case IPPROTO_TCP:
		return mend_sum(skb, change, change->transport + offsetof(struct tcphdr, check), 0,
				family);
	case IPPROTO_UDP:
		return mend_sum(skb, change, change->transport + offsetof(struct udphdr, check),
				BPF_F_MARK_MANGLED_0, family);
	}
	return 0;
}

/* A later fragment has no ports and no checksum of its own. */
static __always_inline long rewrite_headers(struct __sk_buff *skb, const struct rewrite *change,
					    enum family family)
{
	long error = 0;

	if (change->transport) {
		error = mend_transport(skb, change, family);
		if (!error)
			error = write_port(skb, change, change->transport, change->is_source);
	}
	return error ?: write_address(skb, change, ETH_HLEN, change->is_source, family);
}

/*
 * ICMP's sum covers what is quoted; a quoted IPv4 header makes up for its address
 * itself. Who reports an error may be a router, which keeps its own address.
 */
static __always_inline long rewrite_error(struct __sk_buff *skb, const struct rewrite *change,
					  enum family family)
{
	__u32 sum = change->quoted - sizeof(struct icmp_header) +
		    offsetof(struct icmp_header, checksum);
	long error = 0;

	if (change->is_outer)
		error = write_address(skb, change, ETH_HLEN, change->is_source, family);
	if (!error && change->is_outer && family == IPV6)
		error = mend_pseudo(skb, change, sum, 0, family);
	if (!error && family == IPV6)
		error = bpf_l4_csum_replace(skb, sum, 0, address_change(change), 0);
	if (!error)
		error = write_address(skb, change, change->quoted, !change->is_source, family);
	if (!error)
		error = bpf_l4_csum_replace(skb, sum, change->from_port, change->to_port,
					    sizeof(__be16));
	return error ?: write_port(skb, change, change->transport, !change->is_source);
}

/*
 * SCTP's code, which is about the ports and not the addresses. Not inlined, as those
 * below: the verifier looks at each once, and at its stack.
 */
__attribute__((noinline)) int mend_crc(struct __sk_buff *skb)
{
	__u32 only = 0, delta;
	struct translation *translation = bpf_map_lookup_elem(&translations, &only);
	const struct rewrite *change;
	__u32 ports;
	__u8 code[4];

	if (!translation)
		return -1;
	change = &translation->rewrite;
	if (change->protocol != IPPROTO_SCTP || !change->transport || change->quoted ||
	    change->from_port == change->to_port)
		return 0;
	/* Of a datagram in pieces nobody knows yet how far away its end is. */
	if (change->is_fragmented ||
	    bpf_skb_load_bytes(skb, change->transport + SCTP_CHECKSUM, code, sizeof(code)))
		return -1;
	/* To be filled in by a device; one code of four thousand millions is 0 as well. */
	if (!(code[0] | code[1] | code[2] | code[3]))
		return 0;
	ports = __builtin_bswap16(bpf_ntohs(change->from_port ^ change->to_port));
	if (!change->is_source)
		ports <<= 16;
	delta = crc32c_change(ports, change->end - change->transport);
	code[0] ^= delta;
	code[1] ^= delta >> 8;
	code[2] ^= delta >> 16;
	code[3] ^= delta >> 24;
	return bpf_skb_store_bytes(skb, change->transport + SCTP_CHECKSUM, code, sizeof(code), 0);
}

/* Does what this CPU's translation says. Returns 0 or an error. */
static __always_inline int rewrite_packet(struct __sk_buff *skb, enum family family)
{
	__u32 only = 0;
	struct translation *translation = bpf_map_lookup_elem(&translations, &only);
	const struct rewrite *change;

	if (!translation)
		return -1;
	change = &translation->rewrite;
	return change->quoted ? rewrite_error(skb, change, family)
			      : rewrite_headers(skb, change, family);
}

__attribute__((noinline)) int rewrite_packet4(struct __sk_buff *skb)
{
	return rewrite_packet(skb, IPV4);
}

__attribute__((noinline)) int rewrite_packet6(struct __sk_buff *skb)
{
	return rewrite_packet(skb, IPV6);
}

static __always_inline enum drop_reason rewrite(struct __sk_buff *skb, const struct packet *pkt,
						struct rewrite *change, int is_source,
						const struct ct_other *from,
						const struct ct_other *to, enum family family)
{
	change->from = from->address;
	change->to = to->address;
	change->from_port = from->port;
	change->to_port = to->port;
	change->transport = pkt->transport;
	change->quoted = pkt->kind == PACKET_QUOTES ? pkt->quoted : 0;
	change->end = pkt->end;
	change->is_source = is_source;
	change->is_outer =
		is_same(is_source ? &pkt->outer_source : &pkt->outer_destination, &from->address);
	change->is_fragmented = pkt->is_fragmented;
	change->protocol = pkt->protocol;
	if (mend_crc(skb))
		return DROP_NOT_TRANSLATED;
	if (family == IPV6)
		return rewrite_packet6(skb) ? DROP_NOT_TRANSLATED : DROP_NONE;
	return rewrite_packet4(skb) ? DROP_NOT_TRANSLATED : DROP_NONE;
}

#endif
