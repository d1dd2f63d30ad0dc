package dev.heddle.cli.status;

import dev.heddle.cli.status.StatusFacts.ClusterFacts;
import dev.heddle.cli.status.StatusFacts.ClusterPolicyObject;
import dev.heddle.cli.status.StatusFacts.InstallationObject;
import dev.heddle.cli.status.StatusFacts.NodeObject;
import dev.heddle.cli.status.StatusFacts.PolicyObject;
import dev.heddle.crds.ClusterNetworkPolicyStatus;
import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.HeddleStatus;
import dev.heddle.crds.HeddleStatus.NodeCounts;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.NodeStateStatus.UnprotectedPod;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster as the API server has it, in which all is well unless something else is said. */
public final class Reported {

    /** When everything was created. */
    public static final String CREATED = "2026-01-01T00:00:00Z";

    private @Nullable InstallationObject installation = installation(1, 1, "True", "all is well");
    private final List<String> nodes = new ArrayList<>();
    private final List<NodeObject> states = new ArrayList<>();
    private final List<PolicyObject> policies = new ArrayList<>();
    private final List<ClusterPolicyObject> clusterPolicies = new ArrayList<>();
    private final Map<String, List<PolicyReport>> reports = new HashMap<>();

    public Reported heddle(@Nullable InstallationObject object) {
        installation = object;
        return this;
    }

    /** The Heddle object, last deployed at a generation. */
    public static InstallationObject installation(long generation, long deployed, String ready, String message) {
        return new InstallationObject(
                generation,
                new HeddleStatus(deployed, new NodeCounts(2, 2), List.of(condition("Ready", ready, message))));
    }

    public Reported node(String name) {
        nodes.add(name);
        return this;
    }

    /** A node that was told up to sequence 5. */
    public Reported node(String name, long inForce, Condition... conditions) {
        return node(name)
                .state(
                        name,
                        new NodeStateStatus(5, 5, inForce, 7, List.of(), 3, List.of(), List.of(), List.of(conditions)));
    }

    public Reported state(String name, @Nullable NodeStateStatus status) {
        states.add(new NodeObject(name, 5, CREATED, Mode.Enforce, status));
        return this;
    }

    public Reported leaving(String name) {
        NodeStateStatus status = new NodeStateStatus(
                5, 5, 5, 7, List.of(), 0, List.of(), List.of(), List.of(condition("Ready", "True", "")));
        states.add(new NodeObject(name, 5, CREATED, Mode.Detach, status));
        return this;
    }

    public Reported unprotected(String name, UnprotectedPod pod) {
        NodeStateStatus status = new NodeStateStatus(
                5,
                5,
                5,
                7,
                List.of(),
                3,
                List.of(pod),
                List.of(),
                List.of(condition("Ready", "True", ""), condition("Enforced", "False", "1 pods are not filtered")));
        return node(name).state(name, status);
    }

    /** A policy at generation 2, that the operator has not heard of. */
    public Reported policy(String namespace, String name) {
        policies.add(new PolicyObject(namespace, new PolicySource("NetworkPolicy", name, uid(name), 2)));
        return this;
    }

    private static String uid(String name) {
        return "uid of " + name;
    }

    /** A policy at generation 2, of which the operator has reported on some generation. */
    public Reported policy(
            String namespace,
            String name,
            long generation,
            State state,
            List<String> behind,
            FieldProblem... problems) {
        reports.computeIfAbsent(namespace, key -> new ArrayList<>())
                .add(new PolicyReport(
                        "NetworkPolicy",
                        name,
                        uid(name),
                        generation,
                        2,
                        2 - behind.size(),
                        0,
                        behind,
                        List.of(problems),
                        state));
        return policy(namespace, name);
    }

    /** A policy that was deleted and created again, of which the operator has reported on the one before. */
    public Reported recreated(String namespace, String name) {
        reports.computeIfAbsent(namespace, key -> new ArrayList<>())
                .add(new PolicyReport(
                        "NetworkPolicy", name, "an older uid", 2, 2, 2, 0, List.of(), List.of(), State.ENFORCED));
        return policy(namespace, name);
    }

    /** A ClusterNetworkPolicy at generation 2, of which the operator has said this about some generation. */
    public Reported clusterPolicy(String name, long generation, String reason, String message) {
        Condition enforced = new ConditionBuilder(condition(ClusterNetworkPolicyStatus.ENFORCED, "False", message))
                .withReason(reason)
                .withObservedGeneration(generation)
                .build();
        clusterPolicies.add(new ClusterPolicyObject(name, 2, enforced));
        return this;
    }

    public static Condition condition(String type, String status, String message) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason("AsTold")
                .withMessage(message)
                .withLastTransitionTime(CREATED)
                .build();
    }

    public StatusFacts facts() {
        return new StatusFacts(new ClusterFacts(installation, nodes, states, clusterPolicies), policies, reports);
    }

    /** As one namespace's users see it. */
    public StatusFacts namespaceFacts() {
        return new StatusFacts(null, policies, reports);
    }
}
