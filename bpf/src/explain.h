/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
/* Which rule decided: for records alone. No packet pays for it that nobody hears of. */
#ifndef HEDDLE_EXPLAIN_H
#define HEDDLE_EXPLAIN_H

#include "outcome.h"
#include "verdict.h"

/*
 * The cell for a subject, a peer and a port: what verdict() said, and the rule. 0 when a
 * table is missing. Not inlined: once is enough for the verifier. One table after the
 * other, so that little is kept on the stack: to_pod has 32 bytes left for it (512 in all).
 */
__attribute__((noinline)) __u32 explained(__u32 half, __u32 subject, __u32 peer, __u32 port)
{
	struct image_header *header = bpf_map_lookup_elem(&image_header, &half);
	struct peer_class *peers;
	struct port_class *ports;
	struct rows *rows_half;
	struct cells *cells_half;
	__u32 row, port_classes;

	if (!header)
		return 0;
	row = subject * header->classes;
	port_classes = header->port_classes;
	peers = bpf_map_lookup_elem(&peer_class, &half);
	if (!peers)
		return 0;
	row += peers->of_peer[peer & (PEERS - 1)];
	rows_half = bpf_map_lookup_elem(&rows, &half);
	if (!rows_half)
		return 0;
	row = rows_half->row[row & (ROWS - 1)] * port_classes;
	ports = bpf_map_lookup_elem(&port_class, &half);
	if (!ports)
		return 0;
	row += ports->of_port[port & (PORT_SLOTS * PORTS - 1)];
	cells_half = bpf_map_lookup_elem(&cells, &half);
	return cells_half ? cells_half->cell[row & (CELLS - 1)] : 0;
}

/* The same for a packet; 0 when something else than the tables decided. */
static __always_inline __u32 cell_of(const struct packet *pkt, const struct outcome *outcome)
{
	if (outcome->peer == EVENT_PEER_NOT_ASKED)
		return 0;
	return explained(half_of(outcome->epoch), outcome->subject, outcome->peer,
			 port_index(pkt->protocol, pkt->destination_port));
}

#endif
