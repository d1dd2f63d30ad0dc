// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* getpeername(2) on an IPv6 socket, whatever it speaks: as getpeername4. */
#include "services.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("cgroup/getpeername6")
int getpeername6(struct bpf_sock_addr *ctx)
{
	return to_service(ctx, SOCKET_INET6);
}
