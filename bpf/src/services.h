/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * ClusterIP Services of IPv4, translated where a process names the address, so
 * that policy and every packet see the backend. A socket of AF_INET6 names it
 * as ::ffff:a.b.c.d (RFC 3493, 3.7); Java and Go use such sockets by default.
 */
#ifndef HEDDLE_SERVICES_H
#define HEDDLE_SERVICES_H

#include <linux/bpf.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "config.h"
#include "maps.h"

enum socket_verdict {
	SOCKET_REFUSE = 0,
	SOCKET_PROCEED = 1,
};

#define ECONNREFUSED 111

/* Kernels before 5.18 cannot say why: the process then sees EPERM. */
static __always_inline int refuse(void)
{
	if (config.flags & CONFIG_SET_RETVAL)
		bpf_set_retval(-ECONNREFUSED);
	return SOCKET_REFUSE;
}

#define MAPPED_IPV4 bpf_htonl(0x0000ffff) /* the third word of ::ffff:a.b.c.d */

/* Which member of ctx holds the address. Constant for a program, which may only touch its own. */
enum socket_family {
	SOCKET_INET,
	SOCKET_INET6,
};

static __always_inline int names_ipv4(const struct bpf_sock_addr *ctx, enum socket_family family)
{
	if (family == SOCKET_INET)
		return 1;
	return !ctx->user_ip6[0] && !ctx->user_ip6[1] && ctx->user_ip6[2] == MAPPED_IPV4;
}

static __always_inline __be32 named(const struct bpf_sock_addr *ctx, enum socket_family family)
{
	return family == SOCKET_INET ? ctx->user_ip4 : ctx->user_ip6[3];
}

static __always_inline void name(struct bpf_sock_addr *ctx, enum socket_family family,
				 __be32 address, __be16 port)
{
	if (family == SOCKET_INET)
		ctx->user_ip4 = address;
	else
		ctx->user_ip6[3] = address;
	ctx->user_port = port;
}

static __always_inline struct backend4 *choose(const struct service4 *service)
{
	struct backend4_key key = { .backend_set = service->backend_set };

	if (!service->backends)
		return NULL;
	key.slot = bpf_get_prandom_u32() % service->backends;
	return bpf_map_lookup_elem(&backends4, &key);
}

static __always_inline void remember(struct bpf_sock_addr *ctx, const struct service4_key *service,
				     const struct backend4 *backend)
{
	struct reverse4_key key = {
		.cookie = bpf_get_socket_cookie(ctx),
		.address = backend->address,
		.port = backend->port,
		.protocol = service->protocol,
	};
	struct reverse4 value = { .address = service->address, .port = service->port };

	bpf_map_update_elem(&reverse4, &key, &value, BPF_ANY);
}

/* A destination that is a service becomes one of its ready backends. */
static __always_inline int to_backend(struct bpf_sock_addr *ctx, enum socket_family family)
{
	struct service4_key key = {
		.address = named(ctx, family),
		.port = ctx->user_port,
		.protocol = ctx->protocol,
	};
	struct service4 *service;
	struct backend4 *backend;

	if (!names_ipv4(ctx, family))
		return SOCKET_PROCEED;
	service = bpf_map_lookup_elem(&services4, &key);
	if (!service)
		return SOCKET_PROCEED;
	backend = choose(service);
	if (!backend) {
		/* The set was replaced between the two lookups: the new one is complete. */
		service = bpf_map_lookup_elem(&services4, &key);
		backend = service ? choose(service) : NULL;
	}
	if (!backend)
		return refuse();
	remember(ctx, &key, backend);
	name(ctx, family, backend->address, backend->port);
	return SOCKET_PROCEED;
}

/* A source that is a backend this socket reached as a service becomes the service again. */
static __always_inline int to_service(struct bpf_sock_addr *ctx, enum socket_family family)
{
	struct reverse4_key key = {
		.cookie = bpf_get_socket_cookie(ctx),
		.address = named(ctx, family),
		.port = ctx->user_port,
		.protocol = ctx->protocol,
	};
	struct reverse4 *service;

	if (!names_ipv4(ctx, family))
		return SOCKET_PROCEED;
	service = bpf_map_lookup_elem(&reverse4, &key);
	if (service)
		name(ctx, family, service->address, service->port);
	return SOCKET_PROCEED;
}

#endif
