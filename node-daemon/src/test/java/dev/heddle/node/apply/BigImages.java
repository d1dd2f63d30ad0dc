package dev.heddle.node.apply;

import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Images too large for the kernel's tables, compiled for larger ones. */
final class BigImages {

    private static final int PEERS = 65_536;
    private static final int MUCH = 4 << 20;
    private static final Capacity.Share ANY = new Capacity.Share(MUCH, MUCH);

    private BigImages() {}

    /** Each range has a page of the address tree to itself. */
    static Image ofManyRanges() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 2_100; i++) {
            rules.addAll(Sentence.rules("web accepts all from 10." + i / 256 + "." + i % 256 + ".0/25"));
        }
        return compile(rules, List.of(endpoint("web")));
    }

    static Image ofManyIpv6Ranges() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 2_100; i++) {
            rules.addAll(Sentence.rules("web accepts all from 2001:db8:" + Integer.toHexString(i) + "::/56"));
        }
        return compile(rules, List.of(endpoint("web")));
    }

    /** Every pod accepts another range: as many rows as the square of that. */
    static Image ofManySubjects() {
        List<Rule> rules = new ArrayList<>();
        List<LocalEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            rules.addAll(Sentence.rules("pod" + i + " accepts all from 10." + i / 256 + "." + i % 256 + ".0/24"));
            endpoints.add(endpoint("pod" + i));
        }
        return compile(rules, endpoints);
    }

    private static LocalEndpoint endpoint(String name) {
        return new LocalEndpoint(name, "shop", Map.of("app", name), List.of());
    }

    private static Image compile(List<Rule> rules, List<LocalEndpoint> endpoints) {
        return Compiler.compile(
                new NodeView(rules, endpoints, Map.of("shop", Map.of()), Map.of(), List.of(), List.of()),
                new PeerNumbering(PEERS),
                new Capacity(PEERS, MUCH, PEERS, MUCH, MUCH, ANY, ANY));
    }
}
