/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/*
 * Which service an address is, and which of its backends a client meets: the same
 * for sockets that name it and for packets that do.
 */
#ifndef HEDDLE_BACKENDS_H
#define HEDDLE_BACKENDS_H

#include <linux/bpf.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "config.h"
#include "maps.h"

#define MAPPED_IPV4 bpf_htonl(0x0000ffff) /* the third word of ::ffff:a.b.c.d */

/* Fibonacci hashing: what it is given differs in its low bits, and those alone would go round. */
#define DRAW_MULTIPLIER 0x9e3779b1u
#define DRAW_SHIFT 8

/* Who asks for a backend. */
struct client {
	__u64 id; /* affinity_key.client */
	__u32 draw; /* any number; the same one meets the same backend while the set stays */
};

static __always_inline int is_mapped_ipv4(const struct address *address)
{
	return !address->word[0] && !address->word[1] && address->word[2] == MAPPED_IPV4;
}

/*
 * The backend where this client was last, if that is not too long ago and it is
 * still one of the service's. The copy is what is looked for: the entry may be
 * another's by then.
 */
static __always_inline int recall(const struct client *client, const struct service *service,
				  struct backend *chosen)
{
	struct affinity_key key = { .client = client->id, .service = service->affinity };
	struct affinity *last = bpf_map_lookup_elem(&affinities, &key);
	struct member_key member = { .backend_set = service->backend_set };
	__u64 now = bpf_ktime_get_ns();

	if (!last || now - last->seen >= service->affinity_seconds * SECONDS)
		return 0;
	member.backend = last->backend;
	if (!bpf_map_lookup_elem(&members, &member))
		return 0;
	last->seen = now;
	*chosen = member.backend;
	return 1;
}

static __always_inline void note(const struct client *client, const struct service *service,
				 const struct backend *chosen)
{
	struct affinity_key key = { .client = client->id, .service = service->affinity };
	struct affinity value = { .backend = *chosen, .seen = bpf_ktime_get_ns() };

	bpf_map_update_elem(&affinities, &key, &value, BPF_ANY);
}

static __always_inline int choose(const struct client *client, const struct service *service,
				  struct backend *chosen)
{
	struct backend_key key = { .backend_set = service->backend_set };
	struct backend *backend;

	if (!service->backends)
		return 0;
	if (service->affinity && recall(client, service, chosen))
		return 1;
	key.slot = client->draw % service->backends;
	backend = bpf_map_lookup_elem(&backends, &key);
	if (!backend)
		return 0;
	*chosen = *backend;
	if (service->affinity)
		note(client, service, chosen);
	return 1;
}

/* The service that has this node port, wherever it is asked for. */
static __always_inline struct service *service_at_nodes(const struct service_key *key)
{
	struct service_key at_nodes = { .port = key->port, .protocol = key->protocol };

	if (is_mapped_ipv4(&key->address))
		at_nodes.address.word[2] = MAPPED_IPV4;
	return bpf_map_lookup_elem(&services, &at_nodes);
}

/* Whether the address of a node port's key is a node's; if it is one to which nothing leads, no backends are left. */
static __always_inline int is_at_node(const struct service_key *key, struct service *found)
{
	__u32 *node = bpf_map_lookup_elem(&service_nodes, &key->address);

	if (!node)
		return 0;
	if (*node != SERVICE_NODE_THIS && found->flags & SERVICE_THIS_NODE)
		found->backends = 0;
	return 1;
}

#endif
