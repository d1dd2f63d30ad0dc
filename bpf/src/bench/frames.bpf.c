// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* Makes each frame one for another peer and lets it in: a load generator for BPF_F_TEST_XDP_LIVE_FRAMES. */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* The first peer's address, 10.64.0.1, and how many follow each other; set before load. */
const volatile __u32 bench_first_peer = 0x0a400001;
const volatile __u32 bench_peers = 1;

/* RFC 1071, of a header without options. */
static __always_inline __u16 checksum(const struct iphdr *ip)
{
	const __u16 *word = (const __u16 *)ip;
	__u32 sum = 0;

	for (__u32 i = 0; i < sizeof(*ip) / sizeof(*word); i++)
		sum += word[i];
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

SEC("xdp")
int frames(struct xdp_md *ctx)
{
	struct ethhdr *eth = (void *)(long)ctx->data;
	struct iphdr *ip = (void *)(eth + 1);

	if ((void *)(ip + 1) > (void *)(long)ctx->data_end)
		return XDP_DROP;
	ip->daddr = bpf_htonl(bench_first_peer + bpf_get_prandom_u32() % bench_peers);
	ip->check = 0;
	ip->check = checksum(ip);
	return XDP_PASS;
}
