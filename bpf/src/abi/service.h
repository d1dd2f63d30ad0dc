/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Services and their backends, by family.
 */
#ifndef HEDDLE_ABI_SERVICE_H
#define HEDDLE_ABI_SERVICE_H

#include <linux/types.h>

enum service_size {
	SERVICE_ENTRIES = 65536,
	BACKEND_ENTRIES = 262144,
	REVERSE_ENTRIES = 65536,
};

struct service4_key {
	__be32 address;
	__be16 port;
	__u8 protocol;
	__u8 zero;
};
_Static_assert(sizeof(struct service4_key) == 8, "service4_key");

/*
 * A service's ready backends are slots 0..backends-1 of a backend set. A
 * change is a new set: write its backends, replace this value, delete the old
 * set's backends.
 */
struct service4 {
	__u32 backend_set;
	__u32 backends; /* 0: connect is refused */
	__u32 flags;
	__u32 spare;
};
_Static_assert(sizeof(struct service4) == 16, "service4");

struct backend4_key {
	__u32 backend_set;
	__u32 slot;
};
_Static_assert(sizeof(struct backend4_key) == 8, "backend4_key");

struct backend4 {
	__be32 address;
	__be16 port;
	__u16 spare;
};
_Static_assert(sizeof(struct backend4) == 8, "backend4");

/* The service address behind which a socket reached a backend. */
struct reverse4_key {
	__u64 cookie; /* bpf_get_socket_cookie */
	__be32 address; /* the backend's */
	__be16 port;
	__u8 protocol;
	__u8 zero;
};
_Static_assert(sizeof(struct reverse4_key) == 16, "reverse4_key");

struct reverse4 {
	__be32 address;
	__be16 port;
	__u16 spare;
};
_Static_assert(sizeof(struct reverse4) == 8, "reverse4");

#endif
