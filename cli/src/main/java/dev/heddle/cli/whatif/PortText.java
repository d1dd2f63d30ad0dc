package dev.heddle.cli.whatif;

import dev.heddle.cli.whatif.Change.Ports;
import dev.heddle.cli.whatif.WhatIf.PortChange;
import dev.heddle.cli.whatif.WhatIf.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Stretches of ports as people write them, those that change alike together. */
final class PortText {

    private static final String ALL = "all";

    private PortText() {}

    static List<PortChange> of(List<Ports> stretches) {
        List<List<Ports>> alike = new ArrayList<>();
        for (Ports ports : stretches) {
            alike.stream()
                    .filter(some -> some.getFirst().protocol() == ports.protocol()
                            && some.getFirst().isAlike(ports))
                    .findFirst()
                    .ifPresentOrElse(some -> some.add(ports), () -> alike.add(new ArrayList<>(List.of(ports))));
        }
        boolean everything = alike.size() == Say.PROTOCOLS.length
                && alike.stream()
                        .allMatch(some -> isEverywhere(some)
                                && some.getFirst().isAlike(alike.getFirst().getFirst()));
        return everything
                ? List.of(change(ALL, alike.getFirst()))
                : alike.stream()
                        .map(some -> change(protocol(some.getFirst().protocol()), some))
                        .toList();
    }

    private static boolean isEverywhere(List<Ports> some) {
        return some.size() == 1
                && some.getFirst().from() == 1
                && some.getFirst().to() == Say.LAST_PORT;
    }

    private static PortChange change(String protocol, List<Ports> some) {
        Ports first = some.getFirst();
        Verdict then = first.allowed() ? Verdict.ALLOWED : Verdict.DENIED;
        String ports = isEverywhere(some)
                ? ALL
                : String.join(", ", some.stream().map(PortText::range).toList());
        return new PortChange(protocol, ports, then.opposite(), then, first.before(), first.after());
    }

    private static String range(Ports ports) {
        return ports.from() == ports.to() ? Integer.toString(ports.from()) : ports.from() + "-" + ports.to();
    }

    private static String protocol(int number) {
        return switch (number) {
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 132 -> "SCTP";
            default -> "other";
        };
    }
}
