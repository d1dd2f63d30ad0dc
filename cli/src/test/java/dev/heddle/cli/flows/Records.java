package dev.heddle.cli.flows;

import dev.heddle.crds.live.FlowEnd;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowVerdict;
import dev.heddle.crds.live.FlowsHeld;
import dev.heddle.crds.live.FlowsHeld.Held;
import dev.heddle.crds.live.Party;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records as a node gives them: web asks api, which is on another node. */
public final class Records {

    static final Origin WEB = new Origin("NetworkPolicy", "shop", "web", 1, "spec.egress[0]");
    static final Origin ISOLATION = new Origin("NetworkPolicy", "shop", "api", 1, "spec.podSelector");
    static final Held NOTHING_MISSING = new Held(FlowVerdict.ALLOWED, 1, time(1), 0, 0, 0);

    private Records() {}

    /** What a node says that lacks no record. */
    public static NodeFlows node(String name, FlowRecord... records) {
        return node(name, NOTHING_MISSING, records);
    }

    static NodeFlows node(String name, Held held, FlowRecord... records) {
        return new NodeFlows.Answered(name, new FlowsHeld(name, records.length, List.of(held)), List.of(records));
    }

    /** Web's first packet to api at web's hook. */
    public static FlowRecord allowed(int second) {
        return new FlowRecord(
                time(second),
                FlowVerdict.ALLOWED,
                Direction.EGRESS,
                "",
                new FlowEnd("10.244.1.5", 40000, pod("web", "web-1")),
                new FlowEnd("10.244.2.6", 8080, pod("api", null)),
                6,
                WEB,
                "",
                7,
                0);
    }

    /** The same at api's hook, which drops it. */
    public static FlowRecord dropped(int second) {
        return new FlowRecord(
                time(second),
                FlowVerdict.DROPPED,
                Direction.INGRESS,
                "policy denied",
                new FlowEnd("10.244.1.5", 40000, pod("web", null)),
                new FlowEnd("10.244.2.6", 8080, pod("api", "api-1")),
                6,
                ISOLATION,
                "",
                9,
                3);
    }

    static Party pod(String app, @org.jspecify.annotations.Nullable String name) {
        return new Party(Party.Kind.POD, "shop", name, new TreeMap<>(Map.of("app", app)), null);
    }

    static String time(int second) {
        return "2026-01-01T00:00:%02d.000Z".formatted(second);
    }
}
