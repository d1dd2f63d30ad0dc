package dev.heddle.policy.prose;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API reference of policy.networking.k8s.io/v1alpha2 says, in its order. */
class ClusterNetworkPolicyProseTest {

    private static final String EVERYBODY = "subject: {namespaces: {}}";
    private static final String SHOP = "subject: {namespaces: {matchLabels: {team: a}}}";
    private static final String FROM_EVERYBODY = "from: [{namespaces: {}}]";

    static Stream<Sentence> tiersAndPriorities() {
        return Stream.of(
                Sentence.of("Policy tiers are evaluated in the following order: Admin, NetworkPolicy, Baseline")
                        .given(
                                "guard",
                                "{tier: Admin, priority: 1000, " + SHOP
                                        + ", ingress: [{action: Deny, from: [{pods: {podSelector: {matchLabels: {app: ledger}}}}],"
                                        + " protocols: [{tcp: {destinationPort: {number: 22}}}]}]}")
                        .given("{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{namespaceSelector: {}}]}]}")
                        .given(
                                "base",
                                "{tier: Baseline, priority: 0, " + SHOP + ", ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + "}]}")
                        .denies("ledger -> db tcp 22", "ledger -> web tcp 80")
                        .allows("ledger -> db tcp 80", "internet -> web tcp 80"),
                Sentence.of("If Admin tier has made a final decision (Accept or Deny) on a connection, then no further"
                                + " evaluation is done")
                        .given(
                                "monitoring",
                                "{tier: Admin, priority: 5, " + SHOP + ", ingress: [{action: Accept, " + FROM_EVERYBODY
                                        + "}]}")
                        .given("{podSelector: {}}")
                        .allows("ledger -> web tcp 80")
                        .denies("internet -> web tcp 80"),
                Sentence.of("v1.NetworkPolicy always makes a final decision for selected pods")
                        .given("{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {}}]}]}")
                        .given(
                                "base",
                                "{tier: Baseline, priority: 5, " + EVERYBODY + ", ingress: [{action: Accept, "
                                        + FROM_EVERYBODY + "}]}")
                        .denies("ledger -> web tcp 80")
                        .allows("db -> web tcp 80"),
                Sentence.of("Further evaluation only happens for Pods not selected by a v1.NetworkPolicy")
                        .given("{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}")
                        .given(
                                "base",
                                "{tier: Baseline, priority: 5, " + EVERYBODY + ", ingress: [{action: Deny, "
                                        + FROM_EVERYBODY + "}]}")
                        .denies("ledger -> db tcp 80", "ledger -> web tcp 80"),
                Sentence.of(
                                "If Baseline tier has made a final decision (Accept or Deny) on a connection, then no further"
                                        + " evaluation is done")
                        .given(
                                "first",
                                "{tier: Baseline, priority: 1, " + SHOP + ", ingress: [{action: Accept, "
                                        + FROM_EVERYBODY + ", protocols: [{tcp: {destinationPort: {number: 80}}}]}]}")
                        .given(
                                "second",
                                "{tier: Baseline, priority: 2, " + SHOP + ", ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + "}]}")
                        .allows("ledger -> web tcp 80")
                        .denies("ledger -> web tcp 81"),
                Sentence.of("If a given connection wasn't allowed or denied by any of the tiers, the default kubernetes"
                                + " policy is applied, which says that all pods can communicate with each other")
                        .given(
                                "some",
                                "{tier: Baseline, priority: 5, " + SHOP + ", ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + ", protocols: [{udp: {destinationPort: {number: 1}}}]}]}")
                        .allows("ledger -> web tcp 1", "web -> ledger udp 1", "web -> internet6 icmp")
                        .denies("ledger -> web udp 1"),
                Sentence.of(
                                "Policies with lower priority values have higher precedence, and are checked before policies"
                                        + " with higher priority values in the same tier")
                        .given(
                                "a-later",
                                "{tier: Admin, priority: 1000, " + EVERYBODY + ", ingress: [{action: Deny, "
                                        + FROM_EVERYBODY + "}]}")
                        .given(
                                "b-first",
                                "{tier: Admin, priority: 0, " + EVERYBODY + ", ingress: [{action: Accept, "
                                        + FROM_EVERYBODY + "}]}")
                        .allows("ledger -> web tcp 80"),
                Sentence.of("All Admin tier rules have higher precedence than NetworkPolicy or Baseline tier rules")
                        .given(
                                "a-base",
                                "{tier: Baseline, priority: 0, " + EVERYBODY + ", ingress: [{action: Accept, "
                                        + FROM_EVERYBODY + "}]}")
                        .given("{podSelector: {}, ingress: [{}]}")
                        .given(
                                "b-admin",
                                "{tier: Admin, priority: 1000, " + EVERYBODY + ", ingress: [{action: Deny, "
                                        + FROM_EVERYBODY + "}]}")
                        .denies("ledger -> web tcp 80"),
                Sentence.of(
                                "If two (or more) policies in the same tier with the same priority could match a connection,"
                                        + " then the implementation can apply any of the matching policies: here the first by name")
                        .given(
                                "z",
                                "{tier: Admin, priority: 7, " + EVERYBODY + ", ingress: [{action: Deny, "
                                        + FROM_EVERYBODY + "}]}")
                        .given(
                                "a",
                                "{tier: Admin, priority: 7, " + SHOP + ", ingress: [{action: Accept, "
                                        + FROM_EVERYBODY + ", protocols: [{tcp: {destinationPort: {number: 1}}}]},"
                                        + " {action: Accept, " + FROM_EVERYBODY
                                        + ", protocols: [{tcp: {destinationPort: {number: 2}}}]}]}")
                        .allows("ledger -> web tcp 1", "ledger -> web tcp 2")
                        .denies("ledger -> web tcp 3", "web -> ledger tcp 1"));
    }

    static Stream<Sentence> subjects() {
        return Stream.of(
                Sentence.of("Namespaces is used to select pods via namespace selectors")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, subject: {namespaces: {matchExpressions:"
                                        + " [{key: team, operator: NotIn, values: [b]}]}}, ingress: [{action: Deny, "
                                        + FROM_EVERYBODY + "}]}")
                        .denies("ledger -> web tcp 80", "web -> db udp 5")
                        .allows("web -> ledger tcp 80"),
                Sentence.of("Pods is used to select pods via namespace AND pod selectors")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, subject: {pods: {namespaceSelector: {matchLabels:"
                                        + " {team: a}}, podSelector: {matchLabels: {app: db}}}}, ingress: [{action: Deny, "
                                        + FROM_EVERYBODY + "}]}")
                        .denies("ledger -> db tcp 80")
                        .allows("ledger -> web tcp 80", "web -> ledger tcp 80"),
                Sentence.of("NamespaceSelector follows standard label selector semantics; if empty, it selects all"
                                + " Namespaces")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, subject: {pods: {podSelector: {matchExpressions:"
                                        + " [{key: app, operator: In, values: [db, ledger]}]}}}, ingress: [{action: Deny, "
                                        + FROM_EVERYBODY + "}]}")
                        .denies("web -> db tcp 80", "web -> ledger tcp 80")
                        .allows("db -> web tcp 80"),
                Sentence.of("PodSelector is used to explicitly select pods within a namespace; if empty, it selects all"
                                + " Pods")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, subject: {pods: {namespaceSelector: {matchLabels:"
                                        + " {team: a}}, podSelector: {}}}, ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + "}]}")
                        .denies("ledger -> db tcp 80", "ledger -> web tcp 80")
                        .allows("web -> ledger tcp 80"));
    }

    static Stream<Sentence> actionsAndOrder() {
        return Stream.of(
                Sentence.of("A rule that appears at the top of the ingress rules would take the highest precedence")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: ["
                                        + "{action: Accept, from: [{pods: {podSelector: {matchLabels: {app: web}}}}]},"
                                        + "{action: Deny, " + FROM_EVERYBODY + "},"
                                        + "{action: Accept, from: [{pods: {podSelector: {matchLabels: {app: ledger}}}}]}]}")
                        .allows("web -> db tcp 80")
                        .denies("ledger -> db tcp 80"),
                Sentence.of("A rule that appears at the top of the egress rules would take the highest precedence")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: ["
                                        + "{action: Accept, to: [{pods: {podSelector: {matchLabels: {app: web}}}}]},"
                                        + "{action: Deny, to: [{namespaces: {}}]},"
                                        + "{action: Accept, to: [{pods: {podSelector: {matchLabels: {app: ledger}}}}]}]}")
                        .allows("db -> web tcp 80")
                        .denies("db -> ledger tcp 80"),
                Sentence.of("The same with more than ten rules, whose order is that of numbers and not of text")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: ["
                                        + "{action: Pass, from: [{namespaces: {matchLabels: {team: none}}}]},".repeat(2)
                                        + "{action: Accept, " + FROM_EVERYBODY + "},"
                                        + "{action: Pass, from: [{namespaces: {matchLabels: {team: none}}}]},".repeat(7)
                                        + "{action: Deny, " + FROM_EVERYBODY + "}]}")
                        .allows("ledger -> db tcp 80"),
                Sentence.of("CNPs with no ingress rules do not affect ingress traffic")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: [{action: Deny, to:"
                                        + " [{namespaces: {}}]}]}")
                        .allows("ledger -> web tcp 80")
                        .denies("web -> ledger tcp 80"),
                Sentence.of("CNPs with no egress rules do not affect egress traffic")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + "}]}")
                        .allows("web -> ledger tcp 80", "web -> internet tcp 80")
                        .denies("ledger -> web tcp 80"),
                Sentence.of("Accept (egress): any ingress rules at the destination do apply")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: [{action: Accept, to:"
                                        + " [{namespaces: {}}]}]}")
                        .given("{podSelector: {matchLabels: {app: db}}}")
                        .denies("web -> db tcp 80")
                        .allows("web -> ledger tcp 80"),
                Sentence.of("Deny: Drops the selected traffic. No further ClusterNetworkPolicy or NetworkPolicy rules"
                                + " will be processed")
                        .given(
                                "a",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + "}]}")
                        .given(
                                "b",
                                "{tier: Admin, priority: 2, " + SHOP + ", ingress: [{action: Accept, " + FROM_EVERYBODY
                                        + "}]}")
                        .given("{podSelector: {}, ingress: [{}]}")
                        .denies("ledger -> web tcp 80"),
                Sentence.of("Pass: Skips all further ClusterNetworkPolicy rules in the current tier for the selected"
                                + " traffic, and passes evaluation to the next tier")
                        .given(
                                "a",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: [{action: Pass, from:"
                                        + " [{pods: {podSelector: {matchLabels: {app: ledger}}}}]}, {action: Deny, "
                                        + FROM_EVERYBODY + "}]}")
                        .given(
                                "b",
                                "{tier: Admin, priority: 2, " + SHOP + ", ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + "}]}")
                        .given("{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 80}]}]}")
                        .given(
                                "c",
                                "{tier: Baseline, priority: 1, " + SHOP + ", ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + ", protocols: [{tcp: {destinationPort: {number: 9}}}]}]}")
                        .allows("ledger -> db tcp 80", "ledger -> web tcp 80")
                        .denies("ledger -> db tcp 81", "ledger -> web tcp 9", "web -> db tcp 80"));
    }

    static Stream<Sentence> peers() {
        return Stream.of(
                Sentence.of(
                                "If any element matches the source of incoming traffic then the specified action is applied")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: [{action: Deny, from:"
                                        + " [{namespaces: {matchLabels: {team: none}}},"
                                        + " {pods: {podSelector: {matchLabels: {app: web}}}}]}]}")
                        .denies("web -> db tcp 80")
                        .allows("ledger -> db tcp 80"),
                Sentence.of("Namespaces defines a way to select all pods within a set of Namespaces. Note that"
                                + " host-networked pods are not included in this type of peer")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + "}], egress: [{action: Deny, to: [{namespaces: {}}]}]}")
                        .denies("ledger -> web tcp 80", "web6 -> ledger6 tcp 80")
                        .allows(
                                "own -> web tcp 80",
                                "other -> web tcp 80",
                                "web -> own tcp 80",
                                "web -> other6 tcp 80",
                                "internet -> web tcp 80"),
                Sentence.of(
                                "Pods defines a way to select a set of pods in a set of namespaces. Note that host-networked"
                                        + " pods are not included in this type of peer")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: [{action: Deny, to: [{pods:"
                                        + " {namespaceSelector: {matchLabels: {team: a}}, podSelector: {}}}]}]}")
                        .denies("web -> db tcp 80", "web6 -> db6 tcp 80")
                        .allows("web -> ledger tcp 80", "web -> own tcp 80", "web -> other tcp 80"),
                Sentence.of("Nodes selects the nodeIPs as the peer type by matching on the IPs present in the"
                                + " node.Status.Addresses field of the node")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: [{action: Deny, to: [{nodes:"
                                        + " {matchLabels: {role: control}}}]}]}")
                        .denies("web -> other tcp 80", "web6 -> other6 icmp")
                        .allows("web -> own tcp 80", "web -> internet tcp 80", "other -> web tcp 80"),
                Sentence.of("This field follows standard label selector semantics; if present but empty, it selects all"
                                + " Nodes")
                        .given(
                                "p",
                                "{tier: Baseline, priority: 1, " + SHOP + ", egress: [{action: Deny, to: [{nodes:"
                                        + " {}}]}]}")
                        .denies("web -> other tcp 80", "web -> own tcp 10250", "web6 -> own6 tcp 10250")
                        .allows("web -> db tcp 80", "web -> internet tcp 80"),
                Sentence.of(
                                "Networks ... note that cluster-internal traffic will be checked against the rule as well. So"
                                        + " if you Accept or Deny traffic to 0.0.0.0/0, that will allow or deny all IPv4"
                                        + " pod-to-pod traffic as well")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: [{action: Deny, to: [{networks:"
                                        + " ['0.0.0.0/0']}]}]}")
                        .denies(
                                "web -> db tcp 80",
                                "web -> internet udp 53",
                                "web -> own tcp 80",
                                "web -> other tcp 80")
                        .allows("web6 -> db6 tcp 80", "web6 -> internet6 tcp 80", "internet -> web tcp 80"),
                Sentence.of("If you don't want that, add a rule that Passes all pod traffic before the Networks rule")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: [{action: Pass, to: [{namespaces:"
                                        + " {}}]}, {action: Deny, to: [{networks: ['0.0.0.0/0', '::/0']}]}]}")
                        .allows("web -> db tcp 80", "web6 -> ledger6 tcp 80")
                        .denies("web -> internet tcp 80", "web6 -> internet6 tcp 80"),
                Sentence.of("A Networks entry of 0.0.0.0/0 will match both IPv4 and ICMP traffic, while ::/0 will match"
                                + " both IPv6 and ICMPv6 traffic")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: [{action: Deny, to: [{networks:"
                                        + " ['::/0']}]}]}")
                        .denies("web6 -> internet6 icmp", "web6 -> db6 sctp 1")
                        .allows("web -> internet icmp", "web -> db sctp 1"),
                Sentence.of("Each item in Networks ... for example 10.0.0.0/8 or fd00::/8")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: [{action: Accept, to: [{networks:"
                                        + " ['10.244.0.2/32', 'fd00:244::2/127']}]}, {action: Deny, to: [{namespaces: {}}]}]}")
                        .allows("web -> db tcp 80", "web6 -> db6 tcp 80", "web6 -> ledger6 tcp 80")
                        .denies("web -> ledger tcp 80"));
    }

    static Stream<Sentence> protocols() {
        return Stream.of(
                Sentence.of("If unspecified, protocol-specific attributes will not be used to match traffic")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: [{action: Deny, " + FROM_EVERYBODY
                                        + "}]}")
                        .denies(
                                "ledger -> web tcp 1",
                                "ledger -> web udp 65535",
                                "ledger -> web sctp 7",
                                "ledger -> web icmp"),
                Sentence.of("DestinationPort for the match. Number defines a network port value")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: [{action: Deny, "
                                        + FROM_EVERYBODY + ", protocols: [{sctp: {destinationPort: {number: 2905}}},"
                                        + " {tcp: {destinationPort: {number: 80}}}]}]}")
                        .denies("ledger -> web tcp 80", "ledger -> db sctp 2905")
                        .allows(
                                "ledger -> web tcp 81",
                                "ledger -> web udp 80",
                                "ledger -> db sctp 80",
                                "ledger -> web icmp"),
                Sentence.of("end specifies the last port in the range")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: [{action: Deny, "
                                        + FROM_EVERYBODY
                                        + ", protocols: [{udp: {destinationPort: {range: {start: 100, end: 200}}}}]}]}")
                        .denies("ledger -> web udp 100", "ledger -> web udp 200")
                        .allows("ledger -> web udp 99", "ledger -> web udp 201", "ledger -> web tcp 150"),
                Sentence.of("DestinationNamedPort selects a destination port on a pod based on the ContainerPort name"
                                + " (ingress: the subject's)")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + EVERYBODY + ", ingress: [{action: Deny, "
                                        + FROM_EVERYBODY + ", protocols: [{destinationNamedPort: http}]}]}")
                        .denies("ledger -> web tcp 8080", "ledger -> web udp 8443", "ledger -> db tcp 9090")
                        .allows(
                                "ledger -> web udp 8080",
                                "ledger -> web tcp 9090",
                                "ledger -> db tcp 8080",
                                "web -> ledger tcp 8080"),
                Sentence.of("DestinationNamedPort selects a destination port on a pod based on the ContainerPort name"
                                + " (egress: the peer's)")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + EVERYBODY + ", egress: [{action: Deny, to:"
                                        + " [{namespaces: {}}], protocols: [{destinationNamedPort: sig},"
                                        + " {destinationNamedPort: http}]}]}")
                        .denies(
                                "ledger -> web tcp 8080",
                                "ledger6 -> web6 udp 8443",
                                "ledger -> db tcp 9090",
                                "web -> db sctp 2905")
                        .allows("ledger -> web tcp 9090", "db -> web sctp 2905", "web -> ledger tcp 8080"));
    }

    static Stream<Sentence> failingClosed() {
        return Stream.of(
                Sentence.of("If an implementation sees no fields are set ... For Accept rules, fail closed means: treat"
                                + " the rule as matching no traffic")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", ingress: [{action: Accept, from:"
                                        + " [{namespaces: {}}, {}]}, {action: Deny, from: [{namespaces: {}}]}]}")
                        .denies("ledger -> web tcp 80")
                        .allows("internet -> web tcp 80"),
                Sentence.of("For Deny and Pass rules, fail closed means: treat the rule as a 'Deny all' rule (Deny)")
                        .given(
                                "p",
                                "{tier: Admin, priority: 1, " + SHOP + ", egress: [{action: Accept, to:"
                                        + " [{networks: ['198.51.100.0/24']}]}, {action: Deny, to: [{}],"
                                        + " protocols: [{tcp: {destinationPort: {number: 80}}}]}]}")
                        .denies("web -> db tcp 81", "web -> own icmp", "web6 -> internet6 tcp 80")
                        .allows("web -> internet tcp 80", "ledger -> web tcp 80"),
                Sentence.of("For Deny and Pass rules, fail closed means: treat the rule as a 'Deny all' rule (Pass)")
                        .given(
                                "p",
                                "{tier: Baseline, priority: 1, " + SHOP + ", ingress: [{action: Pass, from:"
                                        + " [{}]}]}")
                        .denies("ledger -> web tcp 81", "internet -> web udp 1", "other -> web tcp 80")
                        .allows("own -> web tcp 80", "web -> ledger tcp 80"));
    }

    @ParameterizedTest
    @MethodSource({"tiersAndPriorities", "subjects", "actionsAndOrder", "peers", "protocols", "failingClosed"})
    void says(Sentence sentence) {
        sentence.check();
    }
}
