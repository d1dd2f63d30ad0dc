/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Node configuration, set before a program is loaded.
 */
#ifndef HEDDLE_ABI_CONFIG_H
#define HEDDLE_ABI_CONFIG_H

#include <linux/types.h>

enum config_flag {
	CONFIG_SET_RETVAL = 1, /* bpf_set_retval exists (kernel 5.18) */
};

/*
 * Node configuration: variable "config", the only content of .rodata, set
 * before load so that the verifier removes what is off.
 */
struct node_config {
	__u64 tcp_new_ns;
	__u64 tcp_established_ns;
	__u64 tcp_closing_ns;
	__u64 udp_ns;
	__u64 icmp_ns;
	__u32 conntrack_budget; /* entries for one endpoint */
	__u32 drop_events; /* records of drops per second and CPU */
	__u32 flow_events; /* the same of packets that pass and begin a flow */
	__u32 flags; /* enum config_flag */
};
_Static_assert(sizeof(struct node_config) == 56, "node_config");

#endif
