package dev.heddle.policy.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.text.PolicyYaml;
import dev.heddle.policy.text.RuleText;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What valid policies become. */
class TranslatedTest {

    private static final String CLOSED_IN = "spec.podSelector INGRESS DENY {} with anyone on every port";
    private static final String CLOSED_OUT = "spec.podSelector EGRESS DENY {} with anyone on every port";

    static Stream<Arguments> policies() {
        return Stream.of(
                row("{}", CLOSED_IN),
                row("{podSelector: {}, policyTypes: [Egress]}", CLOSED_OUT),
                row("{podSelector: {}, policyTypes: [Ingress, Egress]}", CLOSED_IN, CLOSED_OUT),
                row(
                        "{podSelector: {matchLabels: {app: web}}}",
                        "spec.podSelector INGRESS DENY {app IN [web]} with anyone on every port"),
                row(
                        "{podSelector: {matchExpressions: [{key: a, operator: NotIn, values: [y, x]},"
                                + " {key: b, operator: Exists}, {key: c, operator: DoesNotExist}]}}",
                        "spec.podSelector INGRESS DENY {a NOT_IN [x, y], b EXISTS, c DOES_NOT_EXIST}"
                                + " with anyone on every port"),
                row("{ingress: [{}]}", "spec.ingress[0] INGRESS ACCEPT {} with anyone on every port", CLOSED_IN),
                row(
                        "{egress: [{to: [{podSelector: {}}]}]}",
                        "spec.egress[0] EGRESS ACCEPT {} with pods {} in shop on every port",
                        CLOSED_IN,
                        CLOSED_OUT),
                row("{policyTypes: [Ingress], egress: [{}]}", CLOSED_IN),
                row("{podSelector: null, policyTypes: null, ingress: null, egress: null}", CLOSED_IN),
                row(
                        "{podSelector: {matchLabels: null, matchExpressions: null}, ingress: [{from: null, ports: null}]}",
                        "spec.ingress[0] INGRESS ACCEPT {} with anyone on every port",
                        CLOSED_IN),
                row(
                        "{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: null}}],"
                                + " ports: [{port: 65535, protocol: ''}, {port: 1, endPort: 65535}, {port: 7, endPort: 7}]}]}",
                        "spec.ingress[0] INGRESS ACCEPT {} with 10.0.0.0/8 on TCP 65535-65535, TCP 1-65535, TCP 7-7",
                        CLOSED_IN),
                row(
                        "{ingress: [{from: [{podSelector: {matchLabels: {a: b}}}, {namespaceSelector: {}},"
                                + " {namespaceSelector: {matchLabels: {n: m}}, podSelector: {matchLabels: {a: b}}}]}]}",
                        "spec.ingress[0] INGRESS ACCEPT {} with pods {a IN [b]} in shop or pods {} in {}"
                                + " or pods {a IN [b]} in {n IN [m]} on every port",
                        CLOSED_IN),
                row(
                        "{ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/8, except: [10.9.0.0/16, 10.2.0.0/16]}},"
                                + " {ipBlock: {cidr: '0.0.0.0/0'}}]}]}",
                        "spec.ingress[0] INGRESS ACCEPT {} with 10.0.0.0/8 without [10.2.0.0/16, 10.9.0.0/16]"
                                + " or 0.0.0.0/0 on every port",
                        CLOSED_IN),
                row(
                        "{ingress: [{ports: [{}, {protocol: UDP}, {port: 80}, {port: 5, endPort: 7, protocol: SCTP},"
                                + " {port: http-alt}]}]}",
                        "spec.ingress[0] INGRESS ACCEPT {} with anyone on TCP, UDP, TCP 80-80, SCTP 5-7, TCP http-alt",
                        CLOSED_IN));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void becomesRules(String spec, String[] rules) {
        Translation translation = translate(spec);
        assertThat(translation).isInstanceOf(Translation.Translated.class);
        assertThat(translation.rules()).extracting(RuleText::of).containsExactly(rules);
        assertThat(translation.rules())
                .extracting(Rule::origin)
                .extracting(Origin::object, Origin::generation)
                .containsOnly(tuple("NetworkPolicy shop/p", 3L));
    }

    @Test
    void whatIsAbsentIsEmpty() {
        NetworkPolicy bare = new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("p")
                .endMetadata()
                .build();
        Translation translation = NetworkPolicyTranslator.translate(bare, Datapath.TODAY);
        assertThat(translation.rules()).extracting(RuleText::of).containsExactly(CLOSED_IN);
        assertThat(translation.rules().getFirst().origin().generation()).isZero();
    }

    private static Arguments row(String spec, String... rules) {
        return Arguments.of(spec, Arrays.copyOf(rules, rules.length));
    }

    private static Translation translate(String spec) {
        return NetworkPolicyTranslator.translate(PolicyYaml.networkPolicy("shop", "p", spec), Datapath.TODAY);
    }
}
