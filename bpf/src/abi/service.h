/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Services and their backends. Addresses are of either family here, IPv4 in its
 * IPv6 form ::ffff:a.b.c.d (RFC 4291, 2.5.5.2), which is also what an AF_INET6
 * socket says that speaks IPv4. A service's backends are of its own family.
 */
#ifndef HEDDLE_ABI_SERVICE_H
#define HEDDLE_ABI_SERVICE_H

#include <linux/types.h>

#include "address.h"
#include "flow.h"

enum service_flag {
	SERVICE_THIS_NODE = 1, /* of a node port: not for the addresses of other nodes */
};

/* Value of map service_nodes. */
enum service_node {
	SERVICE_NODE_THIS = 1,
	SERVICE_NODE_OTHER = 2,
};

enum service_size {
	SERVICE_ENTRIES = 65536,
	BACKEND_ENTRIES = 262144,
	SERVICE_NODE_ENTRIES = 65536,
	REVERSE_ENTRIES = 65536,
	AFFINITY_ENTRIES = 65536,
};

/*
 * A node port is a service at the unspecified address of its family, 0.0.0.0
 * or ::, that stands for every address in map service_nodes.
 */
struct service_key {
	struct address address;
	__be16 port;
	__u8 protocol;
	__u8 zero;
};
_Static_assert(sizeof(struct service_key) == 20, "service_key");

/*
 * A service's ready backends are slots 0..backends-1 of a backend set. A
 * change is a new set: write its backends, replace this value, delete the old
 * set's backends.
 */
struct service {
	__u32 backend_set;
	__u32 backends; /* 0: connect is refused */
	__u32 flags; /* enum service_flag */
	__u32 affinity_seconds; /* since the client's last connection */
	__u64 affinity; /* what the addresses of a service's port share; 0: without affinity */
	__u64 spare;
};
_Static_assert(sizeof(struct service) == 32, "service");

struct backend_key {
	__u32 backend_set;
	__u32 slot;
};
_Static_assert(sizeof(struct backend_key) == 8, "backend_key");

struct backend {
	struct address address;
	__be16 port;
	__u16 spare;
};
_Static_assert(sizeof(struct backend) == 20, "backend");

/* Where a client that comes again goes. A client is a network namespace: a pod, or the node. */
struct affinity_key {
	__u64 client; /* bpf_get_netns_cookie */
	__u64 service; /* service.affinity */
};
_Static_assert(sizeof(struct affinity_key) == 16, "affinity_key");

struct affinity {
	struct backend backend;
	__u32 spare;
	__u64 seen; /* bpf_ktime_get_ns of the last connection */
};
_Static_assert(sizeof(struct affinity) == 32, "affinity");

/* Whether a backend is in a set; kept for services with affinity. */
struct member_key {
	struct backend backend;
	__u32 backend_set;
};
_Static_assert(sizeof(struct member_key) == 24, "member_key");

/* The service address behind which a socket reached a backend. */
struct reverse_key {
	__u64 cookie; /* bpf_get_socket_cookie */
	struct address address; /* the backend's */
	__be16 port;
	__u8 protocol;
	__u8 zero[5];
};
_Static_assert(sizeof(struct reverse_key) == 32, "reverse_key");

struct reverse {
	struct address address;
	__be16 port;
	__u16 spare;
};
_Static_assert(sizeof(struct reverse) == 20, "reverse");

#endif
