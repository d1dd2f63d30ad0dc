package dev.heddle.node.apply;

import dev.heddle.policy.rule.Cidr;

/** What the tables in force say of the addresses of one family. It only reads. */
sealed interface LiveAddresses extends AutoCloseable permits LiveIpv4, LiveIpv6 {

    /** Whether the address is that of the pod in a slot of map {@code endpoints}. */
    boolean isOf(int slot, Cidr address);

    /** Whether it is one of this node's own. */
    boolean isOfNode(Cidr address);

    /** The peer that an address stands for in one half. */
    int peer(int half, Cidr address);

    @Override
    void close();
}
