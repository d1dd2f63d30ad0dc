package dev.heddle.node.ffm;

import dev.heddle.node.ffm.netlink.Link;
import dev.heddle.node.ffm.netlink.Netlink;

/** A pair of devices in this namespace, gone after the test. */
public record Veth(Link host, Link pod) implements AutoCloseable {
    public static Veth create(String name) {
        try (Netlink netlink = Netlink.open()) {
            // An earlier run may have been killed.
            netlink.link(name).ifPresent(old -> netlink.delete(old.index()));
            netlink.createVeth(name, name + "p");
            return new Veth(
                    netlink.link(name).orElseThrow(), netlink.link(name + "p").orElseThrow());
        }
    }

    public int ifindex() {
        return host.index();
    }

    /** Deletes both ends; safe to call again. */
    public void delete() {
        try (Netlink netlink = Netlink.open()) {
            netlink.link(host.name()).ifPresent(link -> netlink.delete(link.index()));
        }
    }

    @Override
    public void close() {
        delete();
    }
}
