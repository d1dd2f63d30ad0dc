// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* recvmsg(2) on a UDP socket: an answer comes from the address that was asked. */
#include "services.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("cgroup/recvmsg4")
int recvmsg4(struct bpf_sock_addr *ctx)
{
	return to_service(ctx, SOCKET_INET);
}
