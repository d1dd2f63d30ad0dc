package dev.heddle.policy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.support.Feature;
import dev.heddle.policy.text.PolicyYaml;
import dev.heddle.policy.text.RuleText;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ClusterNetworkPolicies become. What the rules mean is ClusterNetworkPolicyProseTest's. */
class ClusterNetworkPolicyTest {

    private static final Datapath COMPLETE = new Datapath(EnumSet.allOf(Feature.class));

    @Test
    void eachRuleBecomesOneAtItsPosition() {
        Translation translation = translate("""
                tier: Baseline
                priority: 7
                subject: {pods: {namespaceSelector: {matchLabels: {team: a}}, podSelector: {matchLabels: {app: web}}}}
                ingress:
                - {action: Accept, from: [{namespaces: {}}, {pods: {podSelector: {matchLabels: {a: b}}}}]}
                - {action: Pass, from: [{namespaces: {matchLabels: {n: m}}}], protocols: [{destinationNamedPort: http}]}
                egress:
                - action: Deny
                  to: [{nodes: {matchLabels: {r: s}}}, {networks: [10.1.2.3/8, 'fd00::/8']}]
                  protocols: [{tcp: {destinationPort: {number: 80}}}, {sctp: {destinationPort: {range: {start: 5, end: 7}}}}]
                """);
        assertThat(translation).isInstanceOf(Translation.Translated.class);
        assertThat(translation.problems()).isEmpty();
        assertThat(translation.rules())
                .extracting(RuleText::of)
                .containsExactly(
                        "spec.ingress[0] BASELINE 7 INGRESS ACCEPT {app IN [web]} in {team IN [a]}"
                                + " with pods {} in {} or pods {a IN [b]} in {} on every port",
                        "spec.ingress[1] BASELINE 7 INGRESS PASS {app IN [web]} in {team IN [a]}"
                                + " with pods {} in {n IN [m]} on any http",
                        "spec.egress[0] BASELINE 7 EGRESS DENY {app IN [web]} in {team IN [a]}"
                                + " with nodes {r IN [s]} or [10.0.0.0/8, fd00:0:0:0:0:0:0:0/8] on TCP 80-80, SCTP 5-7");
        assertThat(translation.rules()).extracting(Rule::position).containsExactly(0, 1, 0);
        assertThat(translation.rules().getFirst().origin())
                .isEqualTo(new Origin("ClusterNetworkPolicy", "", "p", 3, "spec.ingress[0]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            to: [{namespaces: {}}, {}]                           | to[1]               | without any field that is known; give one of
            to: [{namespaces: {}, nodes: {}}]                    | to[0]               | with 2 fields
            to: [{services: {}, namespaces: {}}]                 | to[0].services      | not known
            to: []                                               | to                  | at least one
            name: x                                              | to                  | at least one
            to: [{namespaces: {matchExpressions: [{key: a, operator: Near}]}}] | to[0].namespaces.matchExpressions[0].operator | 'Near'
            to: [{pods: {namespaceSelector: {}}}]                | to[0].pods.podSelector | {} selects all pods
            to: [{pods: {podSelector: {}, serviceAccounts: []}}] | to[0].pods.serviceAccounts | not known
            to: [{nodes: {matchLabels: {a: ' '}}}]               | to[0].nodes.matchLabels.a | no label value
            to: [{networks: []}]                                 | to[0].networks      | a CIDR is missing
            to: [{networks: [10.0.0.0/8, 10.0.0.0]}]             | to[0].networks[1]   | it has no '/'
            to: [{namespaces: {}}], sampling: 7                  | sampling            | not known
            to: [{namespaces: {}}], protocols: []                | protocols           | leave it out
            to: [{namespaces: {}}], protocols: [{}]              | protocols[0]        | without any field that is known
            to: [{namespaces: {}}], protocols: [{icmp: {}, tcp: {destinationPort: {number: 1}}}] | protocols[0].icmp | not known
            to: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 1}}, destinationNamedPort: a}] | protocols[0] | with 2 fields
            to: [{namespaces: {}}], protocols: [{tcp: {}}]       | protocols[0].tcp.destinationPort | its number or range
            to: [{namespaces: {}}], protocols: [{tcp: {sourcePort: 1, destinationPort: {number: 1}}}] | protocols[0].tcp.sourcePort | not known
            to: [{namespaces: {}}], protocols: [{udp: {destinationPort: {}}}] | protocols[0].udp.destinationPort | either a number or a range
            to: [{namespaces: {}}], protocols: [{udp: {destinationPort: {number: 1, range: {start: 1, end: 2}}}}] | protocols[0].udp.destinationPort | either a number or a range
            to: [{namespaces: {}}], protocols: [{udp: {destinationPort: {number: 1, name: x}}}] | protocols[0].udp.destinationPort.name | not known
            to: [{namespaces: {}}], protocols: [{udp: {destinationPort: {number: 0}}}] | protocols[0].udp.destinationPort.number | 1 to 65535
            to: [{namespaces: {}}], protocols: [{udp: {destinationPort: {number: 65536}}}] | protocols[0].udp.destinationPort.number | 1 to 65535
            to: [{namespaces: {}}], protocols: [{sctp: {destinationPort: {range: {start: 5, end: 4}}}}] | protocols[0].sctp.destinationPort.range | the start before the end
            to: [{namespaces: {}}], protocols: [{sctp: {destinationPort: {range: {start: 5}}}}] | protocols[0].sctp.destinationPort.range | 5 to null
            to: [{namespaces: {}}], protocols: [{sctp: {destinationPort: {range: {end: 5}}}}] | protocols[0].sctp.destinationPort.range | null to 5
            to: [{namespaces: {}}], protocols: [{sctp: {destinationPort: {range: {start: 5, end: 6, step: 2}}}}] | protocols[0].sctp.destinationPort.range.step | not known
            to: [{namespaces: {}}], protocols: [{destinationNamedPort: UPPER}] | protocols[0].destinationNamedPort | no port name
            to: [{networks: [10.0.0.0/8]}], protocols: [{destinationNamedPort: http}] | protocols[0].destinationNamedPort | have no named ports
            to: [{nodes: {}}, {namespaces: {}}], protocols: [{destinationNamedPort: http}] | protocols[0].destinationNamedPort | have no named ports
            """)
    void aRuleThatCannotBeReadIsClosedAlone(String rule, String field, String message) {
        String good = "{action: Deny, to: [{networks: [192.0.2.0/24]}]}";
        for (String action : new String[] {"Accept", "Deny", "Pass"}) {
            Translation translation = translate("{tier: Admin, priority: 1, subject: {namespaces: {}}, egress: [" + good
                    + ", {action: " + action + ", " + rule + "}, " + good + "]}");
            assertThat(translation).isInstanceOf(Translation.Rejected.class);
            assertThat(translation.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.origin().field()).isEqualTo("spec.egress[1]." + field);
                assertThat(problem.severity()).isEqualTo(Problem.Severity.REJECTED);
                assertThat(problem.message()).contains(message);
            });
            assertThat(translation.rules())
                    .extracting(RuleText::of)
                    .containsExactly(
                            "spec.egress[0] ADMIN 1 EGRESS DENY {} in {} with [192.0.2.0/24] on every port",
                            "spec.egress[1] ADMIN 1 EGRESS "
                                    + (action.equals("Accept")
                                            ? "ACCEPT {} in {} with nobody"
                                            : "DENY {} in {} with anyone")
                                    + " on every port",
                            "spec.egress[2] ADMIN 1 EGRESS DENY {} in {} with [192.0.2.0/24] on every port");
        }
    }

    @Test
    void ingressPeersHaveFewerFields() {
        Translation translation = translate("{tier: Admin, priority: 1, subject: {namespaces: {}}, ingress:"
                + " [{action: Deny, from: [{nodes: {}}]}, {action: Log, from: [{namespaces: {}}]},"
                + " {action: Accept}, {action: Pass, from: [{namespaces: {}}], sampling: 7}]}");
        assertThat(translation.problems())
                .extracting(problem -> problem.origin().field())
                .containsExactly(
                        "spec.ingress[0].from[0].nodes",
                        "spec.ingress[0].from[0]",
                        "spec.ingress[1].action",
                        "spec.ingress[2].from",
                        "spec.ingress[3].sampling");
        assertThat(translation.rules())
                .extracting(RuleText::of)
                .containsExactly(
                        "spec.ingress[0] ADMIN 1 INGRESS DENY {} in {} with anyone on every port",
                        "spec.ingress[1] ADMIN 1 INGRESS DENY {} in {} with anyone on every port",
                        "spec.ingress[2] ADMIN 1 INGRESS ACCEPT {} in {} with nobody on every port",
                        "spec.ingress[3] ADMIN 1 INGRESS DENY {} in {} with anyone on every port");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            tier: Middle, priority: 9, subject: {namespaces: {matchLabels: {a: b}}} | tier | 'Middle' is no tier | ADMIN 9 {} in {a IN [b]}
            priority: 9, subject: {namespaces: {matchLabels: {a: b}}} | tier | 'null' is no tier | ADMIN 9 {} in {a IN [b]}
            tier: Baseline, subject: {namespaces: {matchLabels: {a: b}}} | priority | null is no priority | BASELINE 0 {} in {a IN [b]}
            tier: Baseline, priority: 1001, subject: {namespaces: {matchLabels: {a: b}}} | priority | give 0 to 1000 | BASELINE 0 {} in {a IN [b]}
            tier: Baseline, priority: -1, subject: {namespaces: {matchLabels: {a: b}}} | priority | give 0 to 1000 | BASELINE 0 {} in {a IN [b]}
            tier: Admin, priority: 9, expires: never, subject: {namespaces: {matchLabels: {a: b}}} | expires | not known | ADMIN 9 {} in {a IN [b]}
            tier: Admin, priority: 9 | subject | either namespaces or pods | ADMIN 9 {} in {}
            tier: Admin, priority: 9, subject: {namespaces: {matchLabels: {a: b}}, pods: {podSelector: {matchLabels: {a: b}}}} | subject | either namespaces or pods | ADMIN 9 {} in {}
            tier: Admin, priority: 9, subject: {namespaces: {matchLabels: {a: b}, matchExpressions: [{key: x, operator: Near}]}} | subject.namespaces.matchExpressions[0].operator | 'Near' | ADMIN 9 {} in {a IN [b]}
            tier: Admin, priority: 9, subject: {namespaces: {matchLabels: {a: b, c: ' '}}} | subject.namespaces.matchLabels.c | no label value | ADMIN 9 {} in {a IN [b]}
            tier: Admin, priority: 9, subject: {pods: {namespaceSelector: {matchLabels: {a: b}}}} | subject.pods.podSelector | {} selects all pods | ADMIN 9 {} in {a IN [b]}
            tier: Admin, priority: 9, subject: {pods: {vms: 1, podSelector: {matchLabels: {a: b}}}} | subject.pods.vms | not known | ADMIN 9 {a IN [b]} in {}
            """)
    void whenWhatAllRulesShareCannotBeReadTheMostIsAssumed(
            String shared, String field, String message, String assumed) {
        String tier = assumed.substring(0, assumed.indexOf('{'));
        String subject = assumed.substring(assumed.indexOf('{'));
        Translation translation = translate("{" + shared + ", egress: ["
                + "{action: Accept, to: [{networks: [192.0.2.0/24]}]},"
                + "{action: Pass, to: [{networks: [192.0.2.0/24]}], protocols: [{tcp: {destinationPort: {number: 1}}}]},"
                + "{action: Deny, to: [{networks: [192.0.2.0/24]}]}]}");
        assertThat(translation).isInstanceOf(Translation.Rejected.class);
        assertThat(translation.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.origin().field()).isEqualTo("spec." + field);
            assertThat(problem.message()).contains(message);
        });
        assertThat(translation.rules())
                .extracting(RuleText::of)
                .containsExactly(
                        "spec.egress[0] " + tier + "EGRESS ACCEPT " + subject + " with nobody on every port",
                        "spec.egress[1] " + tier + "EGRESS DENY " + subject + " with [192.0.2.0/24] on TCP 1-1",
                        "spec.egress[2] " + tier + "EGRESS DENY " + subject + " with [192.0.2.0/24] on every port");
    }

    @Test
    void aSubjectOfANewerKindMayBeEveryPod() {
        Translation translation = translate("{tier: Admin, priority: 9, subject: {vms: {}}, egress:"
                + " [{action: Deny, to: [{networks: [192.0.2.0/24]}]}]}");
        assertThat(translation.problems())
                .extracting(problem -> problem.origin().field())
                .containsExactly("spec.subject.vms", "spec.subject");
        assertThat(translation.rules())
                .extracting(RuleText::of)
                .containsExactly("spec.egress[0] ADMIN 9 EGRESS DENY {} in {} with [192.0.2.0/24] on every port");
    }

    @Test
    void domainNamesAreReportedAndAcceptNothingYet() {
        Translation translation = translate("{tier: Admin, priority: 1, subject: {namespaces: {}}, egress:"
                + " [{action: Accept, to: [{namespaces: {}}, {domainNames: ['*.example.org']}]}]}");
        assertThat(translation).isInstanceOf(Translation.Translated.class);
        assertThat(translation.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.origin().field()).isEqualTo("spec.egress[0].to[1].domainNames");
            assertThat(problem.severity()).isEqualTo(Problem.Severity.NOT_ENFORCED);
        });
    }

    @Test
    void domainNamesHaveNoNamedPortsAndAreAtLeastOne() {
        Translation translation = translate("{tier: Admin, priority: 1, subject: {namespaces: {}}, egress:"
                + " [{action: Accept, to: [{domainNames: [a.example]}], protocols: [{destinationNamedPort: http}]},"
                + " {action: Accept, to: [{domainNames: []}]}]}");
        assertThat(translation.problems())
                .extracting(problem -> problem.origin().field())
                .containsExactly(
                        "spec.egress[0].protocols[0].destinationNamedPort", "spec.egress[1].to[0].domainNames");
    }

    @Test
    void domainNamesCanOnlyBeAccepted() {
        Translation translation = translate("{tier: Admin, priority: 1, subject: {namespaces: {}}, egress:"
                + " [{action: Deny, to: [{domainNames: ['*.example.org']}]}]}");
        assertThat(translation.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.origin().field()).isEqualTo("spec.egress[0].to");
            assertThat(problem.severity()).isEqualTo(Problem.Severity.REJECTED);
        });
        assertThat(translation.rules())
                .extracting(RuleText::of)
                .containsExactly("spec.egress[0] ADMIN 1 EGRESS DENY {} in {} with anyone on every port");
    }

    /** A cluster that went back to the standard channel: its API server drops the fields of the experimental one. */
    @Test
    void underTheStandardChannelAPeerOfTheExperimentalOneIsEmpty() {
        Translation translation = translate("{tier: Admin, priority: 1, subject: {namespaces: {}}, egress:"
                + " [{action: Accept, to: [{}]}, {action: Pass, to: [{namespaces: {}}]}]}");
        assertThat(translation.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.origin().field()).isEqualTo("spec.egress[0].to[0]"));
        assertThat(translation.rules())
                .extracting(RuleText::of)
                .containsExactly(
                        "spec.egress[0] ADMIN 1 EGRESS ACCEPT {} in {} with nobody on every port",
                        "spec.egress[1] ADMIN 1 EGRESS PASS {} in {} with pods {} in {} on every port");
    }

    @Test
    void aPolicyWithoutRulesHasNone() {
        Translation translation = translate("{tier: Admin, priority: 1, subject: {namespaces: {}}}");
        assertThat(translation).isInstanceOf(Translation.Translated.class);
        assertThat(translation.rules()).isEmpty();
    }

    @Test
    void aPolicyThatNoServerHasSeenHasGenerationZero() {
        Translation translation = ClusterNetworkPolicyTranslator.translate(
                new ObjectMetaBuilder().withName("p").build(),
                PolicyYaml.clusterNetworkPolicy("{tier: Admin, priority: 1, subject: {namespaces: {}},"
                        + " ingress: [{action: Deny, from: [{namespaces: {}}]}]}"),
                COMPLETE);
        assertThat(translation.rules().getFirst().origin().generation()).isZero();
    }

    private static Translation translate(String spec) {
        return ClusterNetworkPolicyTranslator.translate(
                PolicyYaml.meta("p"), PolicyYaml.clusterNetworkPolicy(spec), COMPLETE);
    }
}
