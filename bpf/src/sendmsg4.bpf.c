// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* sendmsg(2) with an address on an unconnected UDP socket: each datagram goes to the backend of its socket. */
#include "services.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("cgroup/sendmsg4")
int sendmsg4(struct bpf_sock_addr *ctx)
{
	return to_backend(ctx, SOCKET_INET);
}
