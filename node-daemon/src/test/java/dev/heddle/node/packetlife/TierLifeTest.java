package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.echoRequest;
import static dev.heddle.node.packetlife.Packet.sctp;
import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.udp;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** ClusterNetworkPolicies before and behind NetworkPolicies, which are the sentences. */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("bpf")
class TierLifeTest {
    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Family family;
    private final Life life;

    TierLifeTest(Family family) {
        this.family = family;
        life = Life.of(DEVICES, family, Config.DEFAULT);
    }

    @AfterEach
    void end() {
        life.close();
    }

    @Test
    void anAdminDenyComesBeforeANetworkPolicysAccept() {
        life.givenFor("""
                tier: Admin
                priority: 10
                subject: {pods: {podSelector: {matchLabels: {app: api}}}}
                ingress:
                - {action: Deny, from: [{pods: {podSelector: {matchLabels: {app: web}}}}]}
                """, "api accepts tcp 8080 from web", "api accepts tcp 8080 from db");
        life.travels(tcp("web:40000", "api:8080").syn()).denied();
        life.travels(tcp("db:40000", "api:8080").syn()).passes();
        life.travels(tcp("db:40000", "api:9090").syn()).denied();
        life.travels(tcp("db:40000", "web:80").syn()).passes();
    }

    @Test
    void anAdminAcceptComesBeforeANetworkPolicysIsolation() {
        life.givenFor("""
                tier: Admin
                priority: 10
                subject: {namespaces: {}}
                ingress:
                - action: Accept
                  from: [{pods: {podSelector: {matchLabels: {app: web}}}}]
                  protocols: [{tcp: {destinationPort: {range: {start: 8000, end: 8080}}}}]
                """, "api accepts nothing");
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
        life.travels(tcp("web:40000", "api:8081").syn()).denied();
        life.travels(udp("web:40000", "api:8080")).denied();
        life.travels(tcp("db:40000", "api:8080").syn()).denied();
    }

    @Test
    void passLeavesTheRestOfTheTierOutAndTheNextTierDecides() {
        String passThenDeny = """
                tier: Admin
                priority: 1
                subject: {pods: {podSelector: {matchLabels: {app: api}}}}
                ingress:
                - {action: Pass, from: [{pods: {podSelector: {matchLabels: {app: web}}}}]}
                ---
                tier: Admin
                priority: 2
                subject: {namespaces: {}}
                ingress:
                - {action: Deny, from: [{namespaces: {}}]}
                """;
        life.givenFor(passThenDeny, "api accepts tcp 8080 from anyone");
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
        life.travels(tcp("web:40000", "api:9090").syn()).denied();
        life.travels(tcp("db:40000", "api:8080").syn()).denied();
        life.travels(tcp("world:40000", "api:8080").syn()).passes(); // no pod, so no rule of the tier is about it
        life.givenFor(passThenDeny);
        life.travels(tcp("web:40000", "api:9090").syn()).passes();
        life.travels(tcp("db:40000", "web:80").syn()).denied();
    }

    @Test
    void theLowerPriorityNumberComesFirst() {
        String two = """
                tier: Admin
                priority: %d
                subject: {namespaces: {}}
                ingress: [{action: Deny, from: [{namespaces: {}}]}]
                ---
                tier: Admin
                priority: 5
                subject: {namespaces: {}}
                ingress: [{action: Accept, from: [{namespaces: {}}]}]
                """;
        life.givenFor(two.formatted(4));
        life.travels(tcp("web:40000", "api:8080").syn()).denied();
        life.givenFor(two.formatted(6));
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
    }

    @Test
    void baselineDecidesOnlyWhatNoNetworkPolicyDoes() {
        String closed = """
                tier: Baseline
                priority: 0
                subject: {namespaces: {}}
                ingress:
                - {action: Deny, from: [{namespaces: {}}]}
                """;
        life.givenFor(closed);
        life.travels(tcp("web:40000", "api:8080").syn()).denied();
        life.travels(echoRequest("db", "api", 7)).denied();
        life.travels(tcp("host:40000", "api:8080").syn()).passes();
        life.travels(tcp("world:40000", "api:8080").syn()).passes();
        life.givenFor(closed, "api accepts tcp 8080 from web");
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
        life.travels(tcp("db:40000", "api:8080").syn()).denied();
        life.travels(tcp("db:40000", "web:80").syn()).denied();
    }

    @Test
    void aNamedPortIsOfEveryProtocolOfWhichThePodHasOne() {
        life.node().names(Cast.API, "sig=sctp/2905", "sig=tcp/2904");
        life.givenFor("""
                tier: Admin
                priority: 0
                subject: {namespaces: {}}
                ingress:
                - {action: Accept, from: [{namespaces: {}}], protocols: [{destinationNamedPort: sig}]}
                """, "api accepts nothing");
        life.travels(sctp("db:9", "api:2905").init()).passes();
        life.travels(tcp("db:9", "api:2904").syn()).passes();
        life.travels(tcp("db:9", "api:2905").syn()).denied();
        life.travels(udp("db:9", "api:2905")).denied();
    }

    @Test
    void networksAreDestinationsByAddressWhoeverHasIt() {
        life.givenFor("""
                tier: Admin
                priority: 0
                subject: {namespaces: {}}
                egress:
                - {action: Deny, to: [{networks: ["%s", "%s"]}]}
                """.formatted(range(Cast.WORLD), range(Cast.DB)));
        life.travels(tcp("web:40000", "world:443").syn()).denied();
        life.travels(tcp("web:40000", "db:5432").syn()).denied();
        life.travels(tcp("web:40000", "router:443").syn()).passes();
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
        life.travels(tcp("web:40000", "host:10250").syn()).passes(); // this node is in none of them
    }

    @Test
    void thisNodeIsADestinationByItsAddressAndItsLabels() {
        String policy = """
                tier: Admin
                priority: 0
                subject: {namespaces: {}}
                egress:
                - {action: %s, to: [{%s}]}
                """;
        for (String own : List.of(
                "nodes: {}", "nodes: {matchLabels: {role: worker}}", "networks: ['%s']".formatted(range(Cast.HOST)))) {
            life.givenFor(policy.formatted("Deny", own));
            life.travels(tcp("web:40000", "host:10250").syn()).denied();
            life.travels(tcp("host:40000", "web:80").syn()).passes(); // the kubelet's probes, and their answers
            life.travels(tcp("web:80", "host:40000").synAck()).passes();
            life.travels(tcp("web:40000", "world:443").syn()).passes();
            life.givenFor(policy.formatted("Accept", own), "web reaches nothing");
            life.travels(tcp("web:40000", "host:10250").syn()).passes();
            life.travels(tcp("web:40000", "world:443").syn()).denied();
        }
        life.givenFor(policy.formatted("Deny", "nodes: {matchLabels: {role: control}}"), "web reaches nothing");
        life.travels(tcp("web:40000", "host:10250").syn()).passes(); // no NetworkPolicy denies it either
    }

    @Test
    void aRuleThatCannotBeReadClosesItsOwnSubjectAlone() {
        life.givenFor("""
                tier: Admin
                priority: 0
                subject: {pods: {podSelector: {matchLabels: {app: api}}}}
                ingress:
                - {action: Accept, from: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 22}}}]}
                - {action: Deny, from: [{namespaces: {matchExpressions: [{key: a, operator: Equals, values: [b]}]}}]}
                - {action: Accept, from: [{namespaces: {}}]}
                """);
        life.travels(tcp("db:40000", "api:22").syn()).passes();
        life.travels(tcp("db:40000", "api:8080").syn()).denied();
        life.travels(tcp("world:40000", "api:8080").syn()).denied();
        life.travels(tcp("host:40000", "api:8080").syn()).passes();
        life.travels(tcp("api:40000", "db:5432").syn()).passes();
        life.travels(tcp("db:40000", "web:80").syn()).passes();
    }

    @Test
    void whatIsNotEnforcedYetAcceptsNothing() {
        life.givenFor("""
                tier: Admin
                priority: 0
                subject: {pods: {podSelector: {matchLabels: {app: web}}}}
                egress:
                - {action: Accept, to: [{domainNames: [example.org]}, {networks: ["%s"]}]}
                - {action: Deny, to: [{networks: [0.0.0.0/0, '::/0']}]}
                """.formatted(range(Cast.ROUTER)));
        life.travels(tcp("web:40000", "router:443").syn()).passes();
        life.travels(tcp("web:40000", "world:443").syn()).denied();
        life.travels(tcp("api:40000", "world:443").syn()).passes();
    }

    @Test
    void aNewAdminDenyEndsAnOpenConnection() {
        life.given("web accepts nothing");
        life.travels(tcp("web:40000", "db:5432").syn()).passes();
        life.travels(tcp("db:5432", "web:40000").synAck()).passes();
        life.givenFor("""
                tier: Admin
                priority: 0
                subject: {namespaces: {}}
                egress:
                - {action: Deny, to: [{pods: {podSelector: {matchLabels: {app: db}}}}]}
                """, "web accepts nothing");
        life.travels(tcp("web:40000", "db:5432")).denied();
        life.travels(tcp("db:5432", "web:40000")).denied();
    }

    @Test
    void aRelabelledNamespaceIsAnotherSubjectAndAnotherPeer() {
        life.givenFor("""
                tier: Admin
                priority: 0
                subject: {namespaces: {matchLabels: {stage: live}}}
                ingress:
                - {action: Accept, from: [{namespaces: {matchLabels: {stage: live}}}]}
                - {action: Deny, from: [{namespaces: {}}]}
                ---
                tier: Admin
                priority: 1
                subject: {namespaces: {}}
                ingress:
                - {action: Deny, from: [{namespaces: {matchLabels: {stage: closed}}}]}
                """, "api accepts nothing");
        life.travels(tcp("web:40000", "api:8080").syn()).denied();
        life.travels(tcp("api:40000", "web:80").syn()).passes();
        life.node().relabelNamespace(Map.of("stage", "live"));
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
        life.node().relabelNamespace(Map.of("stage", "closed"));
        life.travels(tcp("web:40000", "api:8080").syn()).denied();
        life.travels(tcp("api:40000", "web:80").syn()).denied();
    }

    /** The range of somebody's one address. */
    private String range(Cast somebody) {
        return somebody.address(family).text();
    }
}
