/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * A packet that is put aside: what is known of it lies in a map, so that functions of
 * their own can go on with it. The verifier looks at each of them once, and each has
 * the stack for itself.
 */
#ifndef HEDDLE_TRANSLATION_H
#define HEDDLE_TRANSLATION_H

#include "abi/service.h"
#include "outcome.h"
#include "packet.h"

/*
 * One end of a flow gets another address and port in a packet's bytes: in the
 * packet's own headers, or in those that an ICMP error quotes, which are of the other
 * way.
 */
struct rewrite {
	struct address from; /* as packets of the family have it */
	struct address to;
	__be16 from_port;
	__be16 to_port;
	__u32 transport; /* offset of the ports; 0: they are not in it */
	__u32 quoted; /* offset of the quoted IP header; 0: it is no error */
	__u32 end; /* offset behind the last byte */
	__u8 is_source; /* of the packet's own headers; else their destination */
	__u8 is_outer; /* of an error: its own header has the address, too */
	__u8 is_fragmented;
	__u8 protocol;
	__u8 spare[4];
};

/* One packet that may name a service, or be an answer to one that did. */
struct translation {
	struct packet packet;
	struct outcome outcome;
	__u32 is_translated; /* the packet's destination is a backend now */
	__u32 is_node_port; /* the service was found by a node's address */
	struct service found;
	struct service_key named;
	struct backend chosen;
	struct ct_other service;
	struct ct_other backend;
	struct rewrite rewrite;
};

#endif
