/* SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0) */
#ifndef HEDDLE_OUTCOME_H
#define HEDDLE_OUTCOME_H

#include <linux/types.h>

/* What was decided about a packet, and by whose rules. */
struct outcome {
	__u8 direction; /* enum direction */
	__u8 verdict; /* enum verdict_kind */
	__u16 subject; /* of the endpoint, with peer: whom the tables were asked about */
	__u32 ifindex;
	__u32 epoch;
	__u32 peer; /* peer id, or EVENT_PEER_NOT_ASKED */
	__u8 begins; /* it passes and begins a flow */
	__u8 spare[3];
};

#endif
