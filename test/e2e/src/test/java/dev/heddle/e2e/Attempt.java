package dev.heddle.e2e;

import java.util.List;

/** One connection that a test makes: from a pod to an address or name. */
record Attempt(TestPod from, String address, int port, Protocol protocol) {

    /** To the pod's first address. */
    static Attempt of(TestPod from, TestPod to, Protocol protocol) {
        return new Attempt(from, to.address(), protocol.port, protocol);
    }

    /** One to each address of the pod: two where pods are dual-stack. */
    static List<Attempt> all(TestPod from, TestPod to, Protocol protocol) {
        return to.addresses().stream()
                .map(address -> new Attempt(from, address, protocol.port, protocol))
                .toList();
    }

    /** Host and port, an IPv6 address in brackets. */
    String target() {
        return (Family.of(address) == Family.IPV6 ? "[" + address + "]" : address) + ":" + port;
    }

    @Override
    public String toString() {
        return from + " -> " + target() + "/" + protocol.flag();
    }
}
