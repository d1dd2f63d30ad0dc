/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* IPv6 extension headers, RFC 8200 section 4, and the authentication header, RFC 4302. */
#ifndef HEDDLE_PARSE_EXTENSION6_H
#define HEDDLE_PARSE_EXTENSION6_H

#include <linux/in.h>
#include <linux/in6.h>

#include "../packet.h"

enum extension_limit {
	EXTENSIONS =
		6, /* each kind once, destination options twice: more than that no host sends */
	EXTENSION_OFFSET_MASK =
		0x7fff, /* all of them at their longest, and those of a quoted packet, end before this */
};

enum fragment6_bits {
	FRAGMENT6_RESERVED = 0x0006,
	FRAGMENT6_OFFSET_SHIFT = 3,
};

/* The first eight bytes of any of them. */
struct extension6 {
	__u8 next;
	__u8 length; /* unit and origin depend on the kind */
	__be16 field; /* fragment: offset and flags; routing: type and segments left */
	__be32 id; /* fragment */
};

/* Where a walk along the headers of a packet stands. */
struct walk6 {
	__u32 offset; /* of the header that is looked at */
	__u8 next; /* what it is */
	__u8 fragment_seen; /* a fragment header came by */
	__u16 field; /* of that header */
	__be32 id;
};

static __always_inline int is_extension(__u8 next)
{
	return next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING || next == IPPROTO_FRAGMENT ||
	       next == IPPROTO_AH || next == IPPROTO_DSTOPTS;
}

/* In more than one piece: a fragment header may also say that there is only one, RFC 6946. */
static __always_inline int is_fragmented(const struct walk6 *walk)
{
	return walk->field & ~FRAGMENT6_RESERVED;
}

static __always_inline int is_later_fragment(const struct walk6 *walk)
{
	return walk->field >> FRAGMENT6_OFFSET_SHIFT;
}

/* The header's length; 0 and a reason if it is not taken. */
static __always_inline __u32 pass_extension(struct walk6 *walk, const struct extension6 *header,
					    enum drop_reason *why)
{
	switch (walk->next) {
	case IPPROTO_FRAGMENT:
		if (walk->fragment_seen) {
			*why = DROP_IPV6_EXTENSIONS;
			return 0;
		}
		walk->fragment_seen = 1;
		walk->field = bpf_ntohs(header->field);
		walk->id = header->id;
		return sizeof(*header);
	case IPPROTO_ROUTING:
		/* Segments left: somebody else than the destination is to get it in the end. */
		if (header->field & bpf_htons(0x00ff)) {
			*why = DROP_UNSUPPORTED_IPV6;
			return 0;
		}
		break;
	case IPPROTO_AH:
		return (header->length + 2) * 4;
	}
	return (header->length + 1) * 8;
}

/* To the first header that is no extension, or to the bytes of a later fragment. */
static __always_inline enum drop_reason walk_extensions(struct __sk_buff *skb, struct walk6 *walk,
							__u32 end)
{
	for (int i = 0; i < EXTENSIONS; i++) {
		enum drop_reason why = DROP_MALFORMED;
		struct extension6 header;
		__u32 length;

		if (!is_extension(walk->next) || is_later_fragment(walk))
			return DROP_NONE;
		if (walk->next == IPPROTO_HOPOPTS && i)
			return DROP_IPV6_EXTENSIONS;
		if (bpf_skb_load_bytes(skb, walk->offset, &header, sizeof(header)))
			return DROP_TRUNCATED;
		length = pass_extension(walk, &header, &why);
		if (!length)
			return why;
		walk->next = header.next;
		walk->offset += length;
		/* The verifier forgets which headers came by, or it would follow each combination. */
		barrier_var(walk->offset);
		walk->offset &= EXTENSION_OFFSET_MASK;
		if (walk->offset > end)
			return DROP_TRUNCATED;
	}
	if (is_extension(walk->next) && !is_later_fragment(walk))
		return DROP_IPV6_EXTENSIONS;
	return DROP_NONE;
}

#endif
