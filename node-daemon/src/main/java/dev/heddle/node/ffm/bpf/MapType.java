package dev.heddle.node.ffm.bpf;

/** The kinds of map Heddle makes or adopts. Source: {@code enum bpf_map_type} of linux/bpf.h. */
public enum MapType {
    HASH(1),
    ARRAY(2),
    PERCPU_HASH(5),
    PERCPU_ARRAY(6),
    LRU_HASH(9),
    LRU_PERCPU_HASH(10),
    ARRAY_OF_MAPS(12),
    HASH_OF_MAPS(13),
    SOCKHASH(18),
    RINGBUF(27),
    OTHER(0);

    private final int code;

    MapType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static MapType of(int code) {
        for (MapType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return OTHER;
    }

    boolean perCpu() {
        return this == PERCPU_HASH || this == PERCPU_ARRAY || this == LRU_PERCPU_HASH;
    }

    boolean ofMaps() {
        return this == ARRAY_OF_MAPS || this == HASH_OF_MAPS;
    }
}
