package dev.heddle.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.facts.Owner;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.policy.rule.Cidr;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends of connections as people type them. */
class PlaceTest {

    @Test
    void everyFormIsUnderstood() {
        Map<String, Place> forms = Map.ofEntries(
                Map.entry("web-1", new Place.Pod("shop", "web-1")),
                Map.entry("data/db-1", new Place.Pod("data", "db-1")),
                Map.entry("pod/web-1", new Place.Pod("shop", "web-1")),
                Map.entry("data/pod/db-1", new Place.Pod("data", "db-1")),
                Map.entry("deploy/web", new Place.Workload("shop", new Owner("deploy", "web"))),
                Map.entry("deployment/web", new Place.Workload("shop", new Owner("deploy", "web"))),
                Map.entry("data/statefulset/db", new Place.Workload("data", new Owner("sts", "db"))),
                Map.entry("node/node1", new Place.Node("node1")),
                Map.entry("192.0.2.7", new Place.Address(Cidr.host("192.0.2.7"))),
                Map.entry("192.0.2.7/32", new Place.Address(Cidr.host("192.0.2.7"))),
                Map.entry("2001:db8::7", new Place.Address(Cidr.host("2001:db8::7"))),
                Map.entry("2001:db8::7/128", new Place.Address(Cidr.host("2001:db8::7"))),
                Map.entry("world", new Place.World()));

        forms.forEach(
                (text, place) -> assertThat(Place.parse(text, "shop")).as(text).isEqualTo(place));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a/b/c", "a/b/c/d", "Web", "192.0.2.0/24", "192.0.2.256", "2001:db8::/32", "x::y::z", "a b"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Place.parse(text, "shop"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
