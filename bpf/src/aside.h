/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* How a packet is put aside, see translation.h, and how it goes on. */
#ifndef HEDDLE_ASIDE_H
#define HEDDLE_ASIDE_H

#include "judge.h"

/* In place of a reason to drop: the packet is put aside, and nothing is decided. */
#define PUT_ASIDE DROP_REASON_COUNT

/* In place of a TC_ACT_*, by family. */
enum aside_action {
	ACT_ASIDE4 = 0x10000,
	ACT_ASIDE6 = 0x10001,
};

static __always_inline struct translation *translation_of_cpu(void)
{
	__u32 only = 0;

	return bpf_map_lookup_elem(&translations, &only);
}

static __always_inline enum drop_reason put_aside(const struct packet *pkt,
						  const struct outcome *outcome)
{
	struct translation *flow = translation_of_cpu();

	if (!flow)
		return DROP_TABLES_MISSING;
	flow->packet = *pkt;
	flow->outcome = *outcome;
	return PUT_ASIDE;
}

_Static_assert((IPPROTO_TCP & 3) != (IPPROTO_UDP & 3) && (IPPROTO_TCP & 3) != (IPPROTO_SCTP & 3) &&
		       (IPPROTO_UDP & 3) != (IPPROTO_SCTP & 3),
	       "services have a byte for each protocol");

/*
 * Which byte says that packets of a pod were translated. Protocols with the same low
 * bits share one, which costs a look; a switch would cost the verifier a way for each.
 */
static __always_inline __u8 *translated_of(struct endpoint *endpoint, const struct packet *pkt)
{
	return &endpoint->translated[pkt->protocol & (PORT_SLOTS - 1)];
}

/* One of the functions of APART. */
#define APART_OF(STEP, NUMBER, FAMILY)                                                             \
	__attribute__((noinline)) int STEP##_apart##NUMBER(struct __sk_buff *skb)                  \
	{                                                                                          \
		struct translation *flow = translation_of_cpu();                                   \
		struct endpoint *endpoint = endpoint_of(skb->ifindex);                             \
                                                                                                   \
		return flow && endpoint ? STEP(skb, flow, endpoint, FAMILY) : DROP_TABLES_MISSING; \
	}

/*
 * Functions STEP_apart4 and STEP_apart6 from STEP, an inlined function of a packet put
 * aside that returns a reason to drop it or none; and STEP_apart, which calls the one of a family.
 */
#define APART(STEP)                                                                        \
	APART_OF(STEP, 4, IPV4)                                                            \
	APART_OF(STEP, 6, IPV6)                                                            \
                                                                                           \
	static __always_inline int STEP##_apart(struct __sk_buff *skb, enum family family) \
	{                                                                                  \
		return family == IPV6 ? STEP##_apart6(skb) : STEP##_apart4(skb);           \
	}

/* The end of a packet that was put aside. */
static __always_inline int finish(struct __sk_buff *skb, enum drop_reason why, enum family family)
{
	struct translation *flow = translation_of_cpu();

	if (!flow)
		return TC_ACT_SHOT;
	return why ? drop(skb, &flow->packet, &flow->outcome, why, family)
		   : pass(skb, &flow->packet, &flow->outcome, family);
}

__attribute__((noinline)) int finish4(struct __sk_buff *skb, __u32 why)
{
	return finish(skb, why, IPV4);
}

__attribute__((noinline)) int finish6(struct __sk_buff *skb, __u32 why)
{
	return finish(skb, why, IPV6);
}

static __always_inline int finish_apart(struct __sk_buff *skb, enum drop_reason why,
					enum family family)
{
	return family == IPV6 ? finish6(skb, why) : finish4(skb, why);
}

#endif
