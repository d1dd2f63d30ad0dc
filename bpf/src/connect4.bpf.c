// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* connect(2) on an IPv4 socket, TCP and UDP: the service's address becomes a backend's. */
#include "services.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("cgroup/connect4")
int connect4(struct bpf_sock_addr *ctx)
{
	return to_backend(ctx, SOCKET_INET);
}
