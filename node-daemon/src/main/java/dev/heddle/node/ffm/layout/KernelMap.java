// Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
package dev.heddle.node.ffm.layout;

/** Every map of the programs as {@code maps.h} declares it. */
public enum KernelMap {
    IMAGE_HEADER("image_header", 2, 4, 64, 2, 1024),
    ADDRESS_ROOT("address_root", 2, 4, 262144, 2, 1024),
    ADDRESS_PAGES("address_pages", 2, 4, 2097152, 2, 1024),
    ADDRESS_ROOT6("address_root6", 2, 4, 262144, 2, 1024),
    ADDRESS_PAGES6("address_pages6", 2, 4, 2228224, 2, 1024),
    PEER_CLASS("peer_class", 2, 4, 131072, 2, 1024),
    PORT_CLASS("port_class", 2, 4, 524288, 2, 1024),
    ROWS("rows", 2, 4, 1048576, 2, 1024),
    CELLS("cells", 2, 4, 2097152, 2, 1024),
    VERDICT_CLASS("verdict_class", 2, 4, 131072, 2, 1024),
    VERDICT_ROWS("verdict_rows", 2, 4, 1048576, 2, 1024),
    VERDICT_CELLS("verdict_cells", 2, 4, 524288, 2, 1024),
    CONTROL("control", 2, 4, 128, 1, 1024),
    ENDPOINTS("endpoints", 2, 4, 64, 65536, 1024),
    ENDPOINT_USAGE("endpoint_usage", 2, 4, 8, 65536, 1024),
    LOCAL_ADDRESSES("local_addresses", 1, 4, 4, 65536, 1),
    LOCAL_ADDRESSES6("local_addresses6", 1, 16, 4, 65536, 1),
    NODE_ADDRESSES("node_addresses", 1, 4, 4, 1024, 1),
    NODE_ADDRESSES6("node_addresses6", 1, 16, 4, 1024, 1),
    CONNTRACK4("conntrack4", 1, 16, 64, 262144, 1),
    CONNTRACK6("conntrack6", 1, 40, 64, 262144, 1),
    FRAGMENTS4("fragments4", 9, 16, 8, 8192, 0),
    FRAGMENTS6("fragments6", 9, 44, 8, 8192, 0),
    SERVICES("services", 1, 20, 32, 65536, 1),
    SERVICE_NODES("service_nodes", 1, 16, 4, 65536, 1),
    BACKENDS("backends", 1, 8, 20, 262144, 1),
    REVERSE("reverse", 9, 32, 20, 65536, 0),
    AFFINITIES("affinities", 9, 16, 32, 65536, 0),
    MEMBERS("members", 1, 24, 4, 262144, 1),
    TRANSLATIONS("translations", 6, 4, 328, 1, 0),
    EVENTS("events", 27, 0, 0, 1048576, 0),
    EVENT_TOKENS("event_tokens", 6, 4, 32, 2, 0),
    COUNTERS("counters", 6, 4, 16, 44, 0);

    private final String mapName;
    private final int type;
    private final int keySize;
    private final int valueSize;
    private final int maxEntries;
    private final int flags;

    KernelMap(String mapName, int type, int keySize, int valueSize, int maxEntries, int flags) {
        this.mapName = mapName;
        this.type = type;
        this.keySize = keySize;
        this.valueSize = valueSize;
        this.maxEntries = maxEntries;
        this.flags = flags;
    }

    /** The name in objects, in pins and in the kernel. */
    public String mapName() {
        return mapName;
    }

    /** {@code enum bpf_map_type}. */
    public int type() {
        return type;
    }

    /** In bytes; 0 for a ring. */
    public int keySize() {
        return keySize;
    }

    /** In bytes; 0 for a ring. */
    public int valueSize() {
        return valueSize;
    }

    /** In elements; of a ring its bytes. */
    public int maxEntries() {
        return maxEntries;
    }

    /** {@code BPF_F_*} of map creation. */
    public int flags() {
        return flags;
    }
}
