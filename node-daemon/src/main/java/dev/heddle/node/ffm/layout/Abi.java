// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** The numbers that the programs and the daemon share: every enumerator of {@code bpf/src/abi} under its C name. */
public final class Abi {
    /** Changes with any struct, number or map of the kernel side; names the folder of pins. */
    public static final String HASH = "a425ad601115dbae";
    /** Changes with what a flow looks like, and with the flow tables: flows outlive every other change. */
    public static final String FLOWS_HASH = "b1cf9b6da0f8ef6b";

    // enum image_size
    public static final int HALVES = 2;
    public static final int DIRECTIONS = 2;
    public static final int ADDRESS_ROOT_ENTRIES = 65536;
    public static final int ADDRESS_PAGES = 2048;
    public static final int ADDRESS_PAGE_ENTRIES = 256;
    public static final int ADDRESS_STEPS6 = 14;
    public static final int PEERS = 65536;
    public static final int PORT_SLOTS = 4;
    public static final int PORTS = 65536;
    public static final int ROWS = 524288;
    public static final int CELLS = 524288;

    // enum control_size
    public static final int NODE_ADDRESS_ENTRIES = 1024;

    // enum endpoint_size
    public static final int ENDPOINTS = 65536;
    public static final int LOCAL_ADDRESS_ENTRIES = 65536;

    // enum flow_size
    public static final int CONNTRACK_ENTRIES = 262144;
    public static final int FRAGMENT_ENTRIES = 8192;

    // enum service_size
    public static final int SERVICE_ENTRIES = 65536;
    public static final int BACKEND_ENTRIES = 262144;
    public static final int SERVICE_NODE_ENTRIES = 65536;
    public static final int REVERSE_ENTRIES = 65536;
    public static final int AFFINITY_ENTRIES = 65536;

    // enum service_flag
    public static final int SERVICE_THIS_NODE = 1;

    // enum service_node
    public static final int SERVICE_NODE_THIS = 1;
    public static final int SERVICE_NODE_OTHER = 2;

    // enum event_size
    public static final int EVENT_RING_BYTES = 1048576;
    public static final int EVENT_LIMITS = 2;

    // enum event_peer
    public static final int EVENT_PEER_NOT_ASKED = 65536;

    // enum node_filter
    public static final int NODE_FILTER_WORDS = 8;
    public static final int NODE_FILTER_SHIFT = 23;
    public static final int NODE_FILTER_MULTIPLIER = -1640531535;

    // enum direction
    public static final int INGRESS = 0;
    public static final int EGRESS = 1;

    // enum peer_id
    public static final int PEER_WORLD = 0;
    public static final int PEER_HOST = 1;
    public static final int PEER_PENDING = 2;
    public static final int PEER_FIRST = 3;

    // enum port_slot
    public static final int PORT_SLOT_OTHER = 0;
    public static final int PORT_SLOT_TCP = 1;
    public static final int PORT_SLOT_UDP = 2;
    public static final int PORT_SLOT_SCTP = 3;

    // enum address_entry
    public static final int ADDRESS_IS_PAGE = -2147483648;
    public static final int ADDRESS_PAGE_MASK = 2047;
    public static final int ADDRESS_PEER_MASK = 65535;
    public static final int ADDRESS_FOLLOWING_SHIFT = 16;
    public static final int ADDRESS_IN_SECOND_HALF = 4194304;

    // enum cell_bits
    public static final int CELL_ACTION_SHIFT = 30;
    public static final int CELL_RULE_MASK = 16777215;

    // enum action
    public static final int ACTION_DENY = 0;
    public static final int ACTION_ALLOW = 1;
    public static final int ACTION_REDIRECT = 2;

    // enum stamp
    public static final int STAMP_SET = 32768;
    public static final int STAMP_EPOCH_MASK = 32767;

    // enum endpoint_flag
    public static final int ENDPOINT_CLOSED = 1;

    // enum endpoint_half_flag
    public static final int HALF_OPEN_INGRESS = 1;
    public static final int HALF_OPEN_EGRESS = 2;
    public static final int HALF_CLOSED = 128;

    // enum endpoint_usage_unit
    public static final int NO_ROOM_SHIFT = 30;

    // enum ct_state
    public static final int CT_NEW = 0;
    public static final int CT_ESTABLISHED = 1;
    public static final int CT_CLOSING = 2;

    // enum ct_judged
    public static final int JUDGED_PEER_SHIFT = 32;
    public static final int JUDGED_DENIED_SHIFT = 48;

    // enum ct_flag
    public static final int CT_SEEDED = 1;
    public static final int CT_TRANSLATED = 2;

    // enum verdict_kind
    public static final int VERDICT_DROPPED = 0;
    public static final int VERDICT_ALLOWED = 1;
    public static final int VERDICT_REPLY = 2;

    // enum config_flag
    public static final int CONFIG_SET_RETVAL = 1;

    private Abi() {}
}
