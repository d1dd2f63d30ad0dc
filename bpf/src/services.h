/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * ClusterIP Services, translated where a process names the address, so that
 * policy and every packet see the backend.
 */
#ifndef HEDDLE_SERVICES_H
#define HEDDLE_SERVICES_H

#include <linux/bpf.h>

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
static __always_inline int to_backend(struct bpf_sock_addr *ctx)
{
	struct service4_key key = {
		.address = ctx->user_ip4,
		.port = ctx->user_port,
		.protocol = ctx->protocol,
	};
	struct service4 *service = bpf_map_lookup_elem(&services4, &key);
	struct backend4 *backend;

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
	ctx->user_ip4 = backend->address;
	ctx->user_port = backend->port;
	return SOCKET_PROCEED;
}

/* A source that is a backend this socket reached as a service becomes the service again. */
static __always_inline int to_service(struct bpf_sock_addr *ctx)
{
	struct reverse4_key key = {
		.cookie = bpf_get_socket_cookie(ctx),
		.address = ctx->user_ip4,
		.port = ctx->user_port,
		.protocol = ctx->protocol,
	};
	struct reverse4 *service = bpf_map_lookup_elem(&reverse4, &key);

	if (service) {
		ctx->user_ip4 = service->address;
		ctx->user_port = service->port;
	}
	return SOCKET_PROCEED;
}

#endif
