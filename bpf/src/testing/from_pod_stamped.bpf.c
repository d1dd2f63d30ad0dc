// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/*
 * The real from_pod, called by a program that carries skb->tc_index in and out in
 * skb->mark: BPF_PROG_TEST_RUN hands over the one but not the other.
 */
#include "../judge.h"

/* The program itself becomes a plain function. */
#undef SEC
#define SEC(NAME)
#define LICENSE unused_license
#include "../from_pod.bpf.c"
#undef LICENSE

__attribute__((section("license"))) char LICENSE[] = "Dual BSD/GPL";

__attribute__((section("tc"))) int from_pod_stamped(struct __sk_buff *skb)
{
	int verdict;

	skb->tc_index = skb->mark;
	verdict = from_pod(skb);
	skb->mark = skb->tc_index;
	return verdict;
}
