/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * ClusterIPs and node ports, translated where a process names the address, so that
 * policy and every packet see the backend. A socket of AF_INET6 names an IPv4
 * address as ::ffff:a.b.c.d (RFC 3493, 3.7); Java and Go use such sockets by
 * default.
 */
#ifndef HEDDLE_SERVICES_H
#define HEDDLE_SERVICES_H

#include <linux/bpf.h>
#include <linux/in.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "backends.h"

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

#define LOOPBACK_NET bpf_htonl(0x7f000000)
#define LOOPBACK_MASK bpf_htonl(0xff000000)

/* Which member of ctx holds the address. Constant for a program, which may only touch its own. */
enum socket_family {
	SOCKET_INET,
	SOCKET_INET6,
};

static __always_inline struct address named(const struct bpf_sock_addr *ctx,
					    enum socket_family family)
{
	if (family == SOCKET_INET)
		return (struct address){ .word = { 0, 0, MAPPED_IPV4, ctx->user_ip4 } };
	return (struct address){ .word = { ctx->user_ip6[0], ctx->user_ip6[1], ctx->user_ip6[2],
					   ctx->user_ip6[3] } };
}

/* The address is of the family that the socket named before. */
static __always_inline void name(struct bpf_sock_addr *ctx, enum socket_family family,
				 const struct address *address, __be16 port)
{
	if (family == SOCKET_INET) {
		ctx->user_ip4 = address->word[3];
	} else {
		ctx->user_ip6[0] = address->word[0];
		ctx->user_ip6[1] = address->word[1];
		ctx->user_ip6[2] = address->word[2];
		ctx->user_ip6[3] = address->word[3];
	}
	ctx->user_port = port;
}

/* Of a datagram socket always the same, so that its datagrams meet one backend while the set stays. */
static __always_inline __u32 draw(struct bpf_sock_addr *ctx)
{
	if (ctx->protocol == IPPROTO_UDP)
		return (__u32)bpf_get_socket_cookie(ctx) * DRAW_MULTIPLIER >> DRAW_SHIFT;
	return bpf_get_prandom_u32();
}

static __always_inline struct client client_of(struct bpf_sock_addr *ctx,
					       const struct service *service)
{
	return (struct client){
		.id = service->affinity ? bpf_get_netns_cookie(ctx) : 0,
		.draw = draw(ctx),
	};
}

static __always_inline int is_any_address(const struct address *address)
{
	if (is_mapped_ipv4(address))
		return !address->word[3];
	return !(address->word[0] | address->word[1] | address->word[2] | address->word[3]);
}

/* Where a connection to the address stays in its network namespace; the unspecified address does, too. */
static __always_inline int is_loopback(const struct address *address)
{
	if (is_any_address(address))
		return 1;
	if (is_mapped_ipv4(address))
		return (address->word[3] & LOOPBACK_MASK) == LOOPBACK_NET;
	return !address->word[0] && !address->word[1] && !address->word[2] &&
	       address->word[3] == bpf_htonl(1);
}

static __always_inline int is_in_node_namespace(struct bpf_sock_addr *ctx)
{
	__u32 only = 0;
	struct control *known = bpf_map_lookup_elem(&control, &only);

	return known && known->node_netns && known->node_netns == bpf_get_netns_cookie(ctx);
}

/* A node port stands for the addresses of every node, and on the node itself for loopback. */
static __always_inline int find_node_port(struct bpf_sock_addr *ctx, const struct service_key *key,
					  struct service *found)
{
	struct service *service = service_at_nodes(key);

	if (!service)
		return 0;
	*found = *service;
	if (is_loopback(&key->address))
		return is_in_node_namespace(ctx);
	return is_at_node(key, found);
}

static __always_inline int find_service(struct bpf_sock_addr *ctx, const struct service_key *key,
					struct service *found)
{
	struct service *service = NULL;

	if (!is_any_address(&key->address))
		service = bpf_map_lookup_elem(&services, key);
	if (!service)
		return find_node_port(ctx, key, found);
	*found = *service;
	return 1;
}

static __always_inline void remember(struct bpf_sock_addr *ctx, const struct service_key *service,
				     const struct backend *backend)
{
	struct reverse_key key = {
		.cookie = bpf_get_socket_cookie(ctx),
		.address = backend->address,
		.port = backend->port,
		.protocol = service->protocol,
	};
	struct reverse value = { .address = service->address, .port = service->port };

	bpf_map_update_elem(&reverse, &key, &value, BPF_ANY);
}

/* A destination that is a service becomes one of its ready backends. */
static __always_inline int to_backend(struct bpf_sock_addr *ctx, enum socket_family family)
{
	struct service_key key = {
		.address = named(ctx, family),
		.port = ctx->user_port,
		.protocol = ctx->protocol,
	};
	struct service service;
	struct backend backend;
	struct client client;
	int chosen;

	if (!find_service(ctx, &key, &service))
		return SOCKET_PROCEED;
	client = client_of(ctx, &service);
	chosen = choose(&client, &service, &backend);
	if (!chosen && service.backends && find_service(ctx, &key, &service)) {
		/* The set was replaced between the two lookups: the new one is complete. */
		chosen = choose(&client, &service, &backend);
	}
	if (!chosen)
		return refuse();
	remember(ctx, &key, &backend);
	name(ctx, family, &backend.address, backend.port);
	return SOCKET_PROCEED;
}

/* A source that is a backend this socket reached as a service becomes the service again. */
static __always_inline int to_service(struct bpf_sock_addr *ctx, enum socket_family family)
{
	struct reverse_key key = {
		.cookie = bpf_get_socket_cookie(ctx),
		.address = named(ctx, family),
		.port = ctx->user_port,
		.protocol = ctx->protocol,
	};
	struct reverse *service = bpf_map_lookup_elem(&reverse, &key);

	if (service)
		name(ctx, family, &service->address, service->port);
	return SOCKET_PROCEED;
}

#endif
