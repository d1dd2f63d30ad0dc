package dev.heddle.policy.prose;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation ("Network Policies") and the API reference of networking.k8s.io/v1 say. Policies are of namespace shop. */
class NetworkPolicyProseTest {

    static Stream<Sentence> isolation() {
        return Stream.of(
                Sentence.of("By default, a pod is non-isolated; all connections are allowed")
                        .allows(
                                "ledger -> web tcp 1",
                                "web -> internet udp 1",
                                "internet6 -> web6 icmp",
                                "web -> own sctp 1"),
                Sentence.of(
                                "A pod is isolated for ingress if there is any NetworkPolicy that both selects the pod and has"
                                        + " Ingress in its policyTypes")
                        .given("{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}")
                        .denies(
                                "ledger -> web tcp 80",
                                "db -> web icmp",
                                "internet6 -> web6 sctp 1",
                                "other -> web tcp 1")
                        .allows("ledger -> db tcp 80", "web -> ledger tcp 80", "db6 -> ledger6 tcp 1"),
                Sentence.of(
                                "A pod is isolated for egress if there is any NetworkPolicy that both selects the pod and has"
                                        + " Egress in its policyTypes")
                        .given("{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}")
                        .denies("web -> db tcp 80", "web6 -> internet6 icmp", "web -> other udp 1")
                        .allows("ledger -> web tcp 80", "db -> ledger tcp 80"),
                Sentence.of("NetworkPolicies are namespaced: they do not select pods of other namespaces")
                        .given("{podSelector: {}, policyTypes: [Ingress, Egress]}")
                        .denies("web -> db tcp 80", "ledger -> db tcp 80")
                        .allows("internet -> ledger tcp 80", "ledger -> internet tcp 80"),
                Sentence.of(
                                "If no policyTypes are specified on a NetworkPolicy then by default Ingress will always be set")
                        .given("{podSelector: {}}")
                        .denies("ledger -> web tcp 80")
                        .allows("web -> ledger tcp 80"),
                Sentence.of("and Egress will be set if the NetworkPolicy has any egress rules")
                        .given("{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 198.51.100.0/24}}]}]}")
                        .denies("ledger -> web tcp 80", "web -> ledger tcp 80")
                        .allows("web -> internet tcp 80"),
                Sentence.of("an empty list of egress rules is none")
                        .given("{podSelector: {}, egress: [], ingress: []}")
                        .denies("ledger -> web tcp 80")
                        .allows("web -> ledger tcp 80"),
                Sentence.of("Rules of a direction that policyTypes does not name have no effect")
                        .given("{podSelector: {}, policyTypes: [Egress], ingress: [{from: [{podSelector: {}}]}]}")
                        .allows("ledger -> web tcp 80")
                        .denies("web -> ledger tcp 80"),
                Sentence.of(
                                "Traffic to and from the node where a Pod is running is always allowed, regardless of the IP"
                                        + " address of the Pod or the node")
                        .given("{podSelector: {}, policyTypes: [Ingress, Egress]}")
                        .allows("own -> web tcp 80", "web -> own udp 53", "own6 -> db6 icmp", "db6 -> own6 tcp 1")
                        .denies("other -> web tcp 80", "web -> other tcp 80"),
                Sentence.of("Network policies do not conflict; they are additive. If any policy or policies apply to a"
                                + " given pod for a given direction, the connections allowed in that direction from that"
                                + " pod is the union of what the applicable policies allow")
                        .given("{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {}}]}]}")
                        .given("{podSelector: {}, ingress: [{ports: [{port: 22}]}]}")
                        .given("{podSelector: {}}")
                        .allows("web -> db tcp 80", "ledger -> db tcp 22", "ledger -> web tcp 22")
                        .denies("ledger -> db tcp 80", "db -> web tcp 80"),
                Sentence.of(
                                "For a connection from a source pod to a destination pod to be allowed, both the egress policy"
                                        + " on the source pod and the ingress policy on the destination pod need to allow the"
                                        + " connection")
                        .given(
                                "{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}],"
                                        + " ports: [{port: 80}, {port: 81}]}]}")
                        .given("{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 81}, {port: 82}]}]}")
                        .allows("web -> db tcp 81")
                        .denies("web -> db tcp 80", "web -> db tcp 82"));
    }

    static Stream<Sentence> peers() {
        return Stream.of(
                Sentence.of(
                                "from: If this field is empty or missing, this rule matches all sources (traffic not restricted"
                                        + " by source)")
                        .given("{podSelector: {matchLabels: {app: web}}, ingress: [{}]}")
                        .given("{podSelector: {matchLabels: {app: db}}, ingress: [{from: []}]}")
                        .allows(
                                "ledger -> web tcp 1",
                                "internet6 -> web6 icmp",
                                "other -> db sctp 1",
                                "internet -> db udp 1"),
                Sentence.of("to: If this field is empty or missing, this rule matches all destinations")
                        .given("{podSelector: {}, policyTypes: [Egress], egress: [{to: []}]}")
                        .allows("web -> ledger tcp 1", "web6 -> internet6 icmp", "db -> other sctp 1"),
                Sentence.of("Items in this list are combined using a logical OR operation")
                        .given(
                                "{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: db}}},"
                                        + " {ipBlock: {cidr: 198.51.100.0/24}}]}]}")
                        .allows("db -> web tcp 1", "db6 -> web6 tcp 1", "internet -> web tcp 1")
                        .denies("ledger -> web tcp 1", "internet6 -> web6 tcp 1"),
                Sentence.of(
                                "podSelector: Otherwise it selects the Pods matching PodSelector in the policy's own Namespace")
                        .given("{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}")
                        .allows("web -> db tcp 1", "web6 -> db6 icmp")
                        .denies("ledger -> db tcp 1", "internet -> db tcp 1"),
                Sentence.of("namespaceSelector: if present but empty, it selects all namespaces")
                        .given("{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}")
                        .allows("web -> db tcp 1", "ledger -> db tcp 1")
                        .denies("internet -> db tcp 1", "other -> web tcp 1"),
                Sentence.of(
                                "If podSelector is also set, then the NetworkPolicyPeer as a whole selects the pods matching"
                                        + " podSelector in the namespaces selected by namespaceSelector")
                        .given(
                                "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}},"
                                        + " podSelector: {matchExpressions: [{key: app, operator: In, values: [web, ledger]}]}}]}]}")
                        .allows("ledger -> db tcp 1")
                        .denies("web -> db tcp 1"),
                Sentence.of("matchExpressions: In, NotIn, Exists and DoesNotExist; the requirements are ANDed")
                        .given("{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: team,"
                                + " operator: Exists}, {key: none, operator: DoesNotExist}]}, podSelector: {matchExpressions:"
                                + " [{key: app, operator: NotIn, values: [ledger, none]}, {key: none, operator: NotIn,"
                                + " values: [x]}]}}]}]}")
                        .allows("web -> db tcp 1")
                        .denies("ledger -> db tcp 1"),
                Sentence.of(
                                "ipBlock: cidr is a string representing the IPBlock, 192.168.1.0/24 or 2001:db8::/64: one address")
                        .given(
                                "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 198.51.100.7/32}},"
                                        + " {ipBlock: {cidr: '2001:db8:51::7/128'}}]}]}")
                        .allows("web -> internet tcp 1", "web6 -> internet6 icmp")
                        .denies("web -> other tcp 1", "web6 -> other6 tcp 1", "web -> db tcp 1"),
                Sentence.of("ipBlock: everything, of one family, pods and nodes included")
                        .given(
                                "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}")
                        .allows("web -> internet tcp 1", "web -> db icmp", "web -> ledger udp 1", "web -> other tcp 1")
                        .denies("web6 -> internet6 tcp 1", "web6 -> db6 tcp 1"),
                Sentence.of("ipBlock may cover pod addresses, whoever they belong to")
                        .given("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.244.0.2/31}}, {ipBlock: {cidr:"
                                + " 'fd00:244::3/128'}}]}]}")
                        .allows("ledger -> web tcp 1", "db -> web tcp 1", "ledger6 -> web6 tcp 1")
                        .denies("web -> db tcp 1", "db6 -> web6 tcp 1"),
                Sentence.of("except is a slice of CIDRs that should not be included within an IPBlock")
                        .given("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.244.0.3/32,"
                                + " 198.51.100.0/25]}}, {ipBlock: {cidr: '::/0', except: ['fd00::/8']}}]}]}")
                        .allows("web -> db tcp 1", "other -> db tcp 1", "internet6 -> web6 tcp 1")
                        .denies("ledger -> db tcp 1", "internet -> db tcp 1", "ledger6 -> db6 tcp 1"),
                Sentence.of("What one IPBlock excepts another may still allow")
                        .given(
                                "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.244.0.0/16]}},"
                                        + " {ipBlock: {cidr: 10.244.0.3/32}}]}]}")
                        .allows("ledger -> db tcp 1")
                        .denies("web -> db tcp 1"));
    }

    static Stream<Sentence> ports() {
        return Stream.of(
                Sentence.of(
                                "ports: If this field is empty or missing, this rule matches all ports (traffic not restricted"
                                        + " by port)")
                        .given("{podSelector: {}, ingress: [{ports: [], from: [{podSelector: {}}]}]}")
                        .allows("web -> db tcp 1", "web -> db udp 65535", "web -> db sctp 9", "web -> db icmp"),
                Sentence.of("Each item in this list is combined using a logical OR")
                        .given("{podSelector: {}, ingress: [{ports: [{port: 80}, {protocol: UDP, port: 53}]}]}")
                        .allows("ledger -> db tcp 80", "ledger6 -> db6 udp 53")
                        .denies("ledger -> db udp 80", "ledger -> db tcp 53", "ledger -> db icmp"),
                Sentence.of(
                                "protocol represents the protocol (TCP, UDP, or SCTP) which traffic must match. If not specified,"
                                        + " this field defaults to TCP")
                        .given("{podSelector: {}, ingress: [{ports: [{port: 80}, {protocol: SCTP, port: 7}]}]}")
                        .allows("ledger -> db tcp 80", "ledger -> db sctp 7", "ledger6 -> db6 sctp 7")
                        .denies("ledger -> db sctp 80", "ledger -> db udp 80", "ledger -> db tcp 7"),
                Sentence.of("port: If this field is not provided, this matches all port names and numbers")
                        .given("{podSelector: {}, ingress: [{ports: [{}, {protocol: SCTP}]}]}")
                        .allows("ledger -> db tcp 1", "ledger -> db tcp 65535", "ledger -> db sctp 5")
                        .denies("ledger -> db udp 1", "ledger -> db icmp"),
                Sentence.of("port can either be a numerical or named port on a pod; the same name is another number on"
                                + " another pod (ingress: the selected pod's)")
                        .given("{podSelector: {}, ingress: [{ports: [{port: http}, {protocol: SCTP, port: sig}]}]}")
                        .allows("ledger -> web tcp 8080", "ledger6 -> db6 tcp 9090", "ledger -> db sctp 2905")
                        .denies(
                                "ledger -> web tcp 9090",
                                "ledger -> db tcp 8080",
                                "ledger -> web udp 8443",
                                "ledger -> web sctp 2905"),
                Sentence.of("port can either be a numerical or named port on a pod; the same name is another number on"
                                + " another pod (egress: the peer's)")
                        .given(
                                "{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}, {protocol: UDP,"
                                        + " port: http}]}]}")
                        .allows("db -> web tcp 8080", "db6 -> web6 udp 8443", "web -> db tcp 9090")
                        .denies(
                                "db -> web tcp 9090",
                                "web -> db tcp 8080",
                                "web -> ledger tcp 8080",
                                "web -> internet tcp 8080",
                                "web -> db udp 9090"),
                Sentence.of("a named port of pods that an IPBlock covers")
                        .given(
                                "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.244.0.0/16}}],"
                                        + " ports: [{port: http}]}]}")
                        .allows("db -> web tcp 8080", "web -> db tcp 9090")
                        .denies("db6 -> web6 tcp 8080", "web -> ledger tcp 8080"),
                Sentence.of(
                                "endPort indicates that the range of ports from port to endPort if set, inclusive, should be"
                                        + " allowed by the policy")
                        .given(
                                "{podSelector: {}, ingress: [{ports: [{port: 100, endPort: 200}, {protocol: SCTP, port: 1,"
                                        + " endPort: 65535}]}]}")
                        .allows(
                                "ledger -> db tcp 100",
                                "ledger -> db tcp 200",
                                "ledger -> db sctp 1",
                                "ledger -> db sctp 65535")
                        .denies("ledger -> db tcp 99", "ledger -> db tcp 201", "ledger -> db udp 150"));
    }

    @ParameterizedTest
    @MethodSource({"isolation", "peers", "ports"})
    void says(Sentence sentence) {
        sentence.check();
    }
}
