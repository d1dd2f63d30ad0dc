// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/* recvmsg(2) on an IPv6 UDP socket, whatever it speaks: as recvmsg4. */
#include "services.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("cgroup/recvmsg6")
int recvmsg6(struct bpf_sock_addr *ctx)
{
	return to_service(ctx, SOCKET_INET6);
}
