package dev.heddle.e2e;

/** One connection that a test makes: from a pod to an address. */
record Attempt(TestPod from, String address, int port, Protocol protocol) {

    static Attempt of(TestPod from, TestPod to, Protocol protocol) {
        return new Attempt(from, to.address(), protocol.port, protocol);
    }

    @Override
    public String toString() {
        return from + " -> " + address + ":" + port + "/" + protocol.flag();
    }
}
