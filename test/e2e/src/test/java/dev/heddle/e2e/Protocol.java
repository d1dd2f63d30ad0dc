package dev.heddle.e2e;

import java.util.Locale;

/** The protocols that test pods serve: one port each. */
enum Protocol {
    TCP(8080),
    UDP(8081);

    final int port;

    Protocol(int port) {
        this.port = port;
    }

    String flag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
