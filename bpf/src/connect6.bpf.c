// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* connect(2) on an IPv6 socket, to a service of either family: as connect4. */
#include "services.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("cgroup/connect6")
int connect6(struct bpf_sock_addr *ctx)
{
	return to_backend(ctx, SOCKET_INET6);
}
