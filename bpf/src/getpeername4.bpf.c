// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* getpeername(2): a connected socket names the service, not the backend. */
#include "services.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("cgroup/getpeername4")
int getpeername4(struct bpf_sock_addr *ctx)
{
	return to_service(ctx, SOCKET_INET);
}
