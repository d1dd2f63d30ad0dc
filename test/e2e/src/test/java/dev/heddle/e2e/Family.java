package dev.heddle.e2e;

/** An address family. */
enum Family {
    IPV4(32),
    IPV6(128);

    private final int bits;

    Family(int bits) {
        this.bits = bits;
    }

    static Family of(String address) {
        return address.contains(":") ? IPV6 : IPV4;
    }

    /** The range of one address alone, in CIDR notation. */
    static String range(String address) {
        return address + "/" + of(address).bits;
    }
}
