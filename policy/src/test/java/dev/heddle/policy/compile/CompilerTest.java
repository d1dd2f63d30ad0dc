package dev.heddle.policy.compile;

import static dev.heddle.policy.compile.Nodes.app;
import static dev.heddle.policy.compile.Nodes.block;
import static dev.heddle.policy.compile.Nodes.ingress;
import static dev.heddle.policy.compile.Nodes.team;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Single facts about images; that all verdicts are right is TablesAgreeWithOracleTest's. */
class CompilerTest {

    private final Nodes node = new Nodes();

    @Test
    void withoutRulesEverythingIsAccepted() {
        Image image = node.pod("10.244.0.2", "shop", "web").compile();
        assertThat(image.subjects()).containsEntry("api", new Subjects(0, 0));
        assertThat(image.open(Subjects.WITHOUT_RULES)).isTrue();
        assertThat(ingress(image, "api", "10.244.0.2")).isEqualTo(new Verdict(true, 0));
    }

    @Test
    void aVerdictNamesTheRuleThatDecided() {
        Image image = node.pod("10.244.0.2", "shop", "web")
                .pod("10.244.0.3", "shop", "other")
                .policy("shop", "p", List.of(app("web")), List.of())
                .compile();
        Verdict accepted = ingress(image, "api", "10.244.0.2");
        assertThat(accepted.accepted()).isTrue();
        assertThat(Objects.requireNonNull(image.rule(accepted.rule())).origin().field())
                .isEqualTo("spec.ingress[0]");
        Verdict denied = ingress(image, "api", "10.244.0.3");
        assertThat(denied.accepted()).isFalse();
        assertThat(Objects.requireNonNull(image.rule(denied.rule())).origin().field())
                .isEqualTo("spec.podSelector");
        assertThat(image.open(
                        Objects.requireNonNull(image.subjects().get("api")).ingress()))
                .isFalse();
    }

    @Test
    void whatOnlyTheRuleTellsApartIsOneVerdict() {
        for (int rule = 0; rule < 300; rule++) {
            node.pod(String.format("10.244.%d.%d", 1 + rule / 100, 1 + rule % 100), "shop", "app" + rule)
                    .policy("shop", "p" + rule, List.of(app("app" + rule)), List.of());
        }
        Image image = node.compile();
        assertThat(image.classes()).isGreaterThan(300);
        assertThat(image.rowCount()).isGreaterThan(300);
        assertThat(image.verdictClasses()).isEqualTo(2);
        assertThat(image.verdictCells().remaining()).isEqualTo(2 * image.portClasses());
    }

    @Test
    void theOwnNodeIsAcceptedAndTheWorldIsNot() {
        Image image = node.policy("shop", "p", List.of(app("web")), List.of()).compile();
        assertThat(ingress(image, "api", PeerNumbering.HOST).accepted()).isTrue();
        assertThat(ingress(image, "api", PeerNumbering.WORLD).accepted()).isFalse();
    }

    @Test
    void aPodIsPendingUntilItsIdentityAndNamespaceAreKnownAndItsClaimsAgree() {
        node.policy("shop", "p", List.of(app("web")), List.of())
                .pod("10.244.0.2", "shop", "web")
                .pod("10.244.0.3", "elsewhere", "web")
                .pod("10.244.0.4", "shop", "web")
                .pod("10.244.0.4", "shop", "other");
        node.claims.add(new NodeView.Claim(Cidr.host("10.244.0.5"), "0123"));
        PrefixTable prefixes = node.compile().prefixes();
        assertThat(prefixes.peer(Cidr.host("10.244.0.2"))).isGreaterThan(PeerNumbering.PENDING);
        for (String pending : List.of("10.244.0.3", "10.244.0.4", "10.244.0.5", "10.244.77.1")) {
            assertThat(prefixes.peer(Cidr.host(pending))).as(pending).isEqualTo(PeerNumbering.PENDING);
        }
        assertThat(prefixes.peer(Cidr.host("10.245.0.1"))).isEqualTo(PeerNumbering.WORLD);
    }

    @Test
    void rangesCoverPodsToo() {
        Image image = node.pod("10.244.0.2", "shop", "web")
                .pod("10.244.1.2", "shop", "web")
                .policy("shop", "p", List.of(block("10.0.0.0/8", "10.244.1.0/24")), List.of())
                .compile();
        assertThat(ingress(image, "api", "10.244.0.2").accepted()).isTrue();
        assertThat(ingress(image, "api", "10.244.0.99").accepted()).isTrue();
        assertThat(ingress(image, "api", "10.244.1.2").accepted()).isFalse();
        assertThat(ingress(image, "api", "10.9.9.9").accepted()).isTrue();
        assertThat(ingress(image, "api", "11.0.0.1").accepted()).isFalse();
    }

    @Test
    void numbersOfPeersStayWhenRulesChange() {
        node.pod("10.244.0.2", "shop", "web").pod("10.244.0.3", "shop", "db");
        Image first = node.compile();
        Image second = node.policy("shop", "p", List.of(app("db")), List.of()).compile();
        assertThat(second.prefixes().entries()).isEqualTo(first.prefixes().entries());
        assertThat(second.classes()).isGreaterThan(first.classes());
    }

    @Test
    void aCompileForTheSameAddressesKnowsHowNamespacesAreLabelledNow() {
        node.namespaces.put("other", Map.of("team", "b"));
        Image before = node.pod("10.244.0.2", "other", "web")
                .policy("shop", "p", List.of(team("b")), List.of())
                .compile();
        assertThat(ingress(before, "api", "10.244.0.2").accepted()).isTrue();
        assertThat(ingress(node.recompile(before), "api", "10.244.0.2").accepted())
                .isTrue();
        node.namespaces.put("other", Map.of("team", "c"));
        assertThat(ingress(node.recompile(before), "api", "10.244.0.2").accepted())
                .isFalse();
    }

    @Test
    void aNumberIsReusedOnlyWhenNoHalfCanKnowItsOldPeer() {
        node.pod("10.244.0.2", "shop", "old");
        int old = node.compile().prefixes().peer(Cidr.host("10.244.0.2"));
        node.claims.clear();
        node.compile();
        for (int compiles = 0; compiles < 2; compiles++) {
            node.claims.clear();
            node.pod("10.244.0.3", "shop", "new" + compiles);
            assertThat(node.compile().prefixes().peer(Cidr.host("10.244.0.3"))).isNotEqualTo(old);
        }
        node.claims.clear();
        node.pod("10.244.0.3", "shop", "last");
        assertThat(node.compile().prefixes().peer(Cidr.host("10.244.0.3"))).isEqualTo(old);
    }

    @Test
    void aLatePeerGetsAClassOnlyIfSomeClassTreatsItRightly() {
        Image image = node.pod("10.244.0.2", "shop", "web")
                .policy("shop", "p", List.of(app("web"), app("db")), List.of())
                .compile();
        assertThat(classOf(image, "shop", Map.of("app", "db", "extra", "x"))).isPresent();
        assertThat(classOf(image, "elsewhere", Map.of("app", "web"))).isEmpty(); // namespace not known
        assertThat(classOf(
                        node.policy("shop", "q", List.of(app("db")), List.of()).compile(), "shop", Map.of("app", "db")))
                .isEmpty(); // the first that only q asks for
    }

    private static OptionalInt classOf(Image image, String namespace, Map<String, String> labels) {
        Identity identity = Identity.of(namespace, labels, List.of());
        return image.classFor(image.peerAt(Cidr.host("10.244.9.9"), new Who.Known(identity.hash())), identity);
    }
}
