/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* Node configuration with its defaults; the loader may overwrite .rodata before load. */
#ifndef HEDDLE_CONFIG_H
#define HEDDLE_CONFIG_H

#include "abi/config.h"

#define SECONDS 1000000000ULL

const volatile struct node_config config = {
	.tcp_new_ns = 120 * SECONDS,
	.tcp_established_ns = 6 * 3600 * SECONDS,
	.tcp_closing_ns = 60 * SECONDS,
	.udp_ns = 180 * SECONDS,
	.icmp_ns = 30 * SECONDS,
	.conntrack_budget = 16384,
	.drop_events = 1000,
	.flow_events = 1000,
	.flags = CONFIG_SET_RETVAL,
};

#endif
