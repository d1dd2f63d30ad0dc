package dev.heddle.node.packetlife;

import dev.heddle.policy.rule.Cidr;

/** Who appears in packet-life tests. Pods of namespace {@code shop} have the label {@code app} with their name. */
enum Cast {
    /** On this node. */
    WEB("10.244.1.10", "fd00:244:0:1::10", true, true),
    /** On this node. */
    API("10.244.1.20", "fd00:244:0:1::20", true, true),
    /** On another node. */
    DB("10.244.2.30", "fd00:244:0:2::30", false, true),
    /** In the pods' range, but nobody said who it is. */
    STRANGER("10.244.2.99", "fd00:244:0:2::99", false, false),
    /** This node's own address. */
    HOST("10.244.1.1", "fd00:244:0:1:a::1", false, false),
    /** A service's, which no machine has. */
    VIP("10.96.0.10", "fd00:96::10", false, false),
    WORLD("203.0.113.9", "2001:db8:9::9", false, false),
    /** A router somewhere, which has something to say about packets of others. */
    ROUTER("198.51.100.1", "2001:db8:51::1", false, false);

    private final String ipv4;
    private final String ipv6;
    private final boolean local;
    private final boolean pod;

    Cast(String ipv4, String ipv6, boolean local, boolean pod) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.local = local;
        this.pod = pod;
    }

    static Cast of(String name) {
        return valueOf(name.toUpperCase(java.util.Locale.ROOT));
    }

    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Has a device, and so hooks, on this node. */
    boolean isLocal() {
        return local;
    }

    /** Has an identity. */
    boolean isPod() {
        return pod;
    }

    Cidr address(Family family) {
        return Cidr.host(family == Family.IPV4 ? ipv4 : ipv6);
    }

    byte[] addressBytes(Family family) {
        return address(family).address();
    }

    /** Locally administered, and different for each. */
    byte[] mac() {
        byte[] address = addressBytes(Family.IPV4);
        return new byte[] {2, 0, 0, 0, address[2], address[3]};
    }
}
