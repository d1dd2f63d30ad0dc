package dev.heddle.cli.status;

import static dev.heddle.cli.status.Reported.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.NodeStateStatus.UnprotectedPod;
import dev.heddle.policy.rule.Problem.Severity;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private static final Instant NOW = Instant.parse("2026-01-01T03:05:00Z");
    private static final Condition READY = condition("Ready", "True", "revision 7 is live");
    private static final Condition ENFORCED = condition("Enforced", "True", "3 pods are under policy");

    private static final Reported WELL = new Reported()
            .node("node1", 5, READY, ENFORCED)
            .policy("shop", "web", 2, State.ENFORCED, List.of())
            .policy("shop", "api", 2, State.ENFORCED, List.of());

    private static final Reported TROUBLED = new Reported()
            .heddle(Reported.installation(1, 1, "False", "1 of 2 node daemons are ready"))
            .node("node1", 5, READY, ENFORCED)
            .node("node2", 4, READY, condition("Enforced", "False", "sequence 5 is not in force"))
            .unprotected("node3", new UnprotectedPod("shop", "web-1", Reported.CREATED, "no device"))
            .policy("shop", "web", 2, State.PENDING, List.of("node2"))
            .policy(
                    "shop",
                    "api",
                    2,
                    State.PARTIAL,
                    List.of(),
                    new FieldProblem("spec.ingress[0].ports[0].port", "named ports", Severity.NOT_ENFORCED))
            .policy("shop-data", "db")
            .policy("shop-data", "all", 2, State.ENFORCED, List.of());

    private static String text(StatusFacts facts, boolean wide, boolean colours) {
        return new StatusText(wide, colours, NOW).of(Statuses.of(facts));
    }

    @Test
    void whereAllIsWellThereIsLittleToSay() {
        assertThat(text(WELL.facts(), false, false)).isEqualTo("""
                Heddle is ready on 2 of 2 nodes.

                NODE    REVISION   SEQUENCE   ENDPOINTS   AGE    ENFORCED
                node1   7          5/5        3           3h5m   yes

                2 of 2 policies are enforced.
                """);
    }

    @Test
    void policiesOfTheWholeClusterSayItInWords() {
        Reported cluster = new Reported()
                .clusterPolicy("guard", 2, "Enforced", "enforced on 2 of 2 nodes")
                .clusterPolicy("names", 2, "PartlyEnforced", "enforced on 2 of 2 nodes; not as written: domainNames")
                .clusterPolicy("new", 1, "Enforced", "enforced on 2 of 2 nodes");
        assertThat(text(cluster.facts(), false, false)).endsWith("""
                NAMESPACE   POLICY                       STATE        NODES   WAITING FOR
                -           ClusterNetworkPolicy/names   PARTIAL      -
                  enforced on 2 of 2 nodes; not as written: domainNames
                -           ClusterNetworkPolicy/new     UNREPORTED   -       the operator: it has not reported on generation 2

                1 of 3 policies are enforced.
                """);
    }

    @Test
    void wideListsEveryPolicyAndCondition() {
        assertThat(text(WELL.facts(), true, false)).isEqualTo("""
                Heddle is ready on 2 of 2 nodes.

                NODE    REVISION   SEQUENCE   ENDPOINTS   AGE    ENFORCED
                node1   7          5/5        3           3h5m   yes
                  Ready=True (AsTold, for 3h5m): revision 7 is live
                  Enforced=True (AsTold, for 3h5m): 3 pods are under policy

                NAMESPACE   POLICY              STATE      NODES   WAITING FOR
                shop        NetworkPolicy/api   ENFORCED   2/2
                shop        NetworkPolicy/web   ENFORCED   2/2

                2 of 2 policies are enforced.
                """);
    }

    @Test
    void whatIsNotEnforcedSaysWhereAndWhy() {
        assertThat(text(TROUBLED.facts(), false, false)).isEqualTo("""
                Heddle is not ready: 1 of 2 node daemons are ready.

                NODE    REVISION   SEQUENCE   ENDPOINTS   AGE    ENFORCED
                node1   7          5/5        3           3h5m   yes
                node2   7          4/5        3           3h5m   no: sequence 5 is not in force
                node3   7          5/5        3           3h5m   no: 1 pods are not filtered
                  pod shop/web-1 is not filtered since 2026-01-01T00:00:00Z: no device

                NAMESPACE   POLICY              STATE        NODES   WAITING FOR
                shop        NetworkPolicy/api   PARTIAL      2/2
                  spec.ingress[0].ports[0].port: named ports
                shop        NetworkPolicy/web   PENDING      1/2     node2
                shop-data   NetworkPolicy/db    UNREPORTED   0/0     the operator: it has not reported on generation 2

                1 of 4 policies are enforced.
                """);
    }

    @Test
    void aNodeThatEnforcesEverythingSaysWhatElseItLacks() {
        Condition services = condition("ServicesTranslated", "False", "shop/voice: port 5060/SCTP");
        Condition off = new ConditionBuilder(services).withReason("Off").build();
        Reported lacking =
                new Reported().node("node1", 5, READY, ENFORCED, services).node("node2", 5, READY, ENFORCED, off);

        assertThat(text(lacking.facts(), false, false)).contains("""
                node1   7          5/5        3           3h5m   yes
                  ServicesTranslated=False (AsTold, for 3h5m): shop/voice: port 5060/SCTP
                node2   7          5/5        3           3h5m   yes

                """);
    }

    @Test
    void oneNamespaceHasNoNodes() {
        assertThat(text(WELL.namespaceFacts(), false, false)).isEqualTo("2 of 2 policies are enforced.\n");
    }

    @Test
    void coloursAreAddedAndNothingElse() {
        String coloured = text(TROUBLED.facts(), false, true);

        assertThat(coloured).contains("\033[31mUNREPORTED\033[0m", "\033[32myes\033[0m", "\033[33m4/5\033[0m");
        assertThat(coloured.replaceAll("\033\\[\\d*m", "")).isEqualTo(text(TROUBLED.facts(), false, false));
    }
}
