// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)
/*
 * Never loaded: one variable of each type that no map's definition names, so
 * that BTF describes it and the layout generator finds it.
 */
#include "../abi/config.h"
#include "../maps.h"

struct event event;
struct node_config node_config;
enum image_size image_size;
enum control_size control_size;
enum endpoint_size endpoint_size;
enum flow_size flow_size;
enum service_size service_size;
enum service_flag service_flag;
enum service_node service_node;
enum event_size event_size;
enum event_peer event_peer;
enum node_filter node_filter;
enum direction direction;
enum peer_id peer_id;
enum port_slot port_slot;
enum address_entry address_entry;
enum cell_bits cell_bits;
enum action action;
enum stamp stamp;
enum endpoint_flag endpoint_flag;
enum endpoint_half_flag endpoint_half_flag;
enum endpoint_usage_unit endpoint_usage_unit;
enum ct_state ct_state;
enum ct_judged ct_judged;
enum ct_flag ct_flag;
enum verdict_kind verdict_kind;
enum config_flag config_flag;
enum drop_reason drop_reason;
