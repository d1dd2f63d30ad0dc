package dev.heddle.policy.random;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;

/** Selectors of the labels of {@link RandomWorld}, and ranges around its addresses. */
final class RandomSelectors {

    private RandomSelectors() {}

    static LabelSelector pods(Draw draw) {
        LabelSelectorBuilder selector = new LabelSelectorBuilder();
        if (draw.oneIn(3)) {
            selector.addToMatchLabels(draw.of("app", "tier"), value(draw));
        }
        if (draw.oneIn(4)) {
            selector.addToMatchExpressions(
                    new LabelSelectorRequirement("odd", draw.of("Exists", "DoesNotExist"), List.of()));
        }
        if (draw.oneIn(3)) {
            selector.addToMatchExpressions(new LabelSelectorRequirement(
                    draw.of("app", "tier"), draw.of("In", "NotIn"), List.of(value(draw), value(draw))));
        }
        return selector.build();
    }

    static LabelSelector namespaces(Draw draw) {
        LabelSelectorBuilder selector = new LabelSelectorBuilder();
        if (draw.oneIn(3)) {
            selector.addToMatchLabels("kubernetes.io/metadata.name", draw.of(RandomWorld.NAMES));
        }
        if (draw.oneIn(3)) {
            selector.addToMatchExpressions(
                    new LabelSelectorRequirement("tier", draw.of("In", "NotIn"), List.of(value(draw), value(draw))));
        }
        return selector.build();
    }

    static LabelSelector nodes(Draw draw) {
        return switch (draw.below(3)) {
            case 0 -> new LabelSelector();
            case 1 ->
                new LabelSelectorBuilder()
                        .addToMatchLabels("zone", draw.of("a", "b"))
                        .build();
            default ->
                new LabelSelectorBuilder()
                        .addToMatchExpressions(
                                new LabelSelectorRequirement("name", "NotIn", List.of(draw.of("own", "other"))))
                        .build();
        };
    }

    /** Ranges that overlap and nest, of both families, from everything to one address. */
    static String range(Draw draw) {
        return draw.of(
                "0.0.0.0/0",
                "10.0.0.0/7",
                "10.0.0.0/8",
                "10.244.0.0/16",
                "10.244.0.0/24",
                "10.244.1.8/29",
                "10.244.0.9/32",
                "192.0.2.0/24",
                "192.0.2.128/25",
                "8.8.8.8/32",
                "::/0",
                "fd00::/8",
                "fd00:244::/48",
                "fd00:244:0:1::/64",
                "fd00:244::8/125",
                "fd00:244:0:1::9/128",
                "2001:db8::/32",
                "2001:db8:2::1/128");
    }

    private static String value(Draw draw) {
        return draw.of("a", "b", "c");
    }
}
