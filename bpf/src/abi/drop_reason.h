/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Why a packet was dropped. The codes are an ABI (counters, events, metrics):
 * append only. The Java enum and its texts are generated from the names.
 */
#ifndef HEDDLE_DROP_REASON_H
#define HEDDLE_DROP_REASON_H

enum drop_reason {
	DROP_NONE = 0, /* passed; also the counter of passed packets */
	DROP_POLICY_DENIED = 1, /* a rule, or the default of its tier, said no */
	DROP_UNKNOWN_ENDPOINT = 2, /* no endpoint is registered for the device */
	DROP_ENDPOINT_CLOSED = 3, /* the daemon closed the endpoint */
	DROP_TRUNCATED = 4, /* shorter than its headers say */
	DROP_MALFORMED = 5, /* header fields contradict each other */
	DROP_UNKNOWN_ETHERTYPE = 6,
	DROP_VLAN_TAGGED = 7,
	DROP_SPOOFED_MAC = 8,
	DROP_SPOOFED_ADDRESS = 9,
	DROP_SPOOFED_ARP = 10,
	DROP_UNSUPPORTED_IPV6 = 11, /* redirects, and routing headers that are not used up */
	DROP_FRAGMENT_UNKNOWN = 12, /* a later fragment whose first was not seen */
	DROP_ICMP_QUOTE_FOREIGN = 13, /* an ICMP error about somebody else's flow */
	DROP_CONNTRACK_BUDGET = 14, /* the endpoint has used its share of entries */
	DROP_CONNTRACK_FULL = 15, /* the node's table takes no more entries */
	DROP_TABLES_MISSING = 16, /* a table lookup failed: cannot happen */
	DROP_IPV6_EXTENSIONS = 17, /* more extension headers than are walked, or one out of place */
	DROP_SPOOFED_NEIGHBOUR =
		18, /* neighbour discovery that claims a foreign address, of either layer */
	DROP_SERVICE_WITHOUT_BACKENDS = 19, /* nobody serves what it was sent to */
	DROP_SERVICE_ONLY_ITSELF = 20, /* the only backend of a node port is the pod that sent it */
	DROP_NOT_TRANSLATED = 21, /* the service's address could not be replaced in it */
	DROP_REASON_COUNT = 22,
};

#endif
