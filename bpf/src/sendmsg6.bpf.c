// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* sendmsg(2) with an address on an unconnected IPv6 UDP socket. One that speaks IPv4 passes sendmsg4. */
#include "services.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("cgroup/sendmsg6")
int sendmsg6(struct bpf_sock_addr *ctx)
{
	return to_backend(ctx, SOCKET_INET6);
}
