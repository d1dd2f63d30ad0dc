package dev.heddle.cli.status;

import static java.util.stream.Collectors.joining;

import dev.heddle.cli.render.Age;
import dev.heddle.cli.render.Cell;
import dev.heddle.cli.render.Table;
import dev.heddle.cli.render.Tone;
import dev.heddle.cli.status.Status.Installation;
import dev.heddle.cli.status.Status.Node;
import dev.heddle.cli.status.Status.Policy;
import dev.heddle.cli.status.Status.State;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A status for people. */
public final class StatusText {

    private static final Set<String> SAID_IN_THE_LAST_COLUMN = Set.of("Ready", "Enforced");
    /** The reason of a condition about something that the installation does not want. */
    private static final String SWITCHED_OFF = "Off";

    private final boolean wide;
    private final boolean colours;
    private final Instant now;

    /**
     * Chooses a form.
     *
     * @param wide every policy and condition, not only what is wrong
     * @param now what ages are reckoned from
     */
    public StatusText(boolean wide, boolean colours, Instant now) {
        this.wide = wide;
        this.colours = colours;
        this.now = now;
    }

    public String of(Status status) {
        StringBuilder text = new StringBuilder();
        if (status.installation() != null) {
            text.append(installation(status.installation())).append("\n\n");
        }
        if (status.nodes() != null) {
            text.append(nodes(status.nodes())).append('\n');
        }
        Table policies = policies(status.policies());
        if (!policies.isEmpty()) {
            text.append(policies.text(colours)).append('\n');
        }
        return text.append(sum(status.policies())).append('\n').toString();
    }

    private String installation(Installation installation) {
        return installation.ready()
                ? "Heddle is " + Tone.GOOD.paint("ready", colours) + " on " + installation.readyNodes() + " of "
                        + installation.desiredNodes() + " nodes."
                : "Heddle is " + Tone.BAD.paint("not ready", colours) + ": " + installation.why() + ".";
    }

    private String nodes(List<Node> nodes) {
        Table table = new Table("NODE", "REVISION", "SEQUENCE", "ENDPOINTS", "AGE", "ENFORCED");
        for (Node node : nodes) {
            boolean behind = node.inForce() < node.told();
            table.add(List.of(
                    Cell.of(node.name()),
                    Cell.of(node.revision()),
                    new Cell(node.inForce() + "/" + node.told(), behind ? Tone.WARNING : Tone.PLAIN),
                    Cell.of(node.endpoints()),
                    Cell.of(age(node.created())),
                    node.enforced() ? new Cell("yes", Tone.GOOD) : new Cell("no: " + node.why(), Tone.BAD)));
            node.unprotected()
                    .forEach(pod -> table.below("pod " + pod.namespace() + "/" + pod.name() + " is not filtered since "
                            + pod.since() + ": " + pod.reason()));
            node.conditions().stream()
                    .filter(condition -> wide || isNews(condition))
                    .forEach(condition -> table.below(condition.getType() + "=" + condition.getStatus() + " ("
                            + condition.getReason() + ", for " + age(condition.getLastTransitionTime()) + "): "
                            + condition.getMessage()));
        }
        return table.text(colours);
    }

    /** Whether something lacks that neither the last column says nor somebody asked for. */
    private static boolean isNews(Condition condition) {
        return condition.getStatus().equals("False")
                && !SAID_IN_THE_LAST_COLUMN.contains(condition.getType())
                && !condition.getReason().equals(SWITCHED_OFF);
    }

    private String age(String since) {
        return since.isEmpty() ? "-" : Age.of(Duration.between(Instant.parse(since), now));
    }

    private Table policies(List<Policy> policies) {
        Table table = new Table("NAMESPACE", "POLICY", "STATE", "NODES", "WAITING FOR");
        for (Policy policy : policies) {
            if (!wide && policy.state() == State.ENFORCED) {
                continue;
            }
            table.add(List.of(
                    Cell.of(policy.namespace().isEmpty() ? "-" : policy.namespace()),
                    Cell.of(policy.kind() + "/" + policy.name()),
                    new Cell(policy.state().name(), tone(policy.state())),
                    Cell.of(policy.namespace().isEmpty() ? "-" : policy.enforced() + "/" + policy.desired()),
                    Cell.of(waitingFor(policy))));
            if (policy.message() != null) {
                table.below(policy.message());
            }
            policy.problems().forEach(problem -> table.below(problem.field() + ": " + problem.message()));
        }
        return table;
    }

    private static String waitingFor(Policy policy) {
        if (policy.state() == State.UNREPORTED) {
            return "the operator: it has not reported on generation " + policy.generation();
        }
        int behind = policy.desired() - policy.enforced();
        int named = policy.waitingFor().size();
        return policy.waitingFor().stream().collect(joining(", "))
                + (behind > named ? " and " + (behind - named) + " more" : "")
                + (policy.unreachable() > 0 ? " (" + policy.unreachable() + " unreachable)" : "");
    }

    private static Tone tone(State state) {
        return switch (state) {
            case ENFORCED -> Tone.GOOD;
            case PENDING, PARTIAL -> Tone.WARNING;
            case REJECTED, UNREPORTED -> Tone.BAD;
        };
    }

    private String sum(List<Policy> policies) {
        long enforced = policies.stream()
                .filter(policy -> policy.state() == State.ENFORCED)
                .count();
        return policies.isEmpty()
                ? "There are no policies."
                : (enforced == policies.size() ? Tone.GOOD : Tone.WARNING)
                        .paint(enforced + " of " + policies.size() + " policies are enforced.", colours);
    }
}
