package dev.heddle.cli.whatif;

import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change of policies would do.
 *
 * @param changes whether any connection between what runs now would change its verdict
 * @param understood whether every policy that would be applied can be read; what cannot is closed
 * @param problems what is wrong with the policies that would be applied, and what of them is not enforced
 * @param pairs of workloads whose verdict changes
 * @param groups how many groups of pods, nodes and addresses there are that policies tell apart
 * @param compared how many pairs of these the change could concern
 * @param notes what else a reader must know
 */
public record WhatIf(
        boolean changes,
        boolean understood,
        List<FieldProblem> problems,
        List<PairChange> pairs,
        int groups,
        long compared,
        List<String> notes) {

    /** A field of a policy. */
    public record FieldProblem(Origin at, Problem.Severity severity, String message) {}

    /** Verdicts. */
    public enum Verdict {
        ALLOWED,
        DENIED;

        Verdict opposite() {
            return this == ALLOWED ? DENIED : ALLOWED;
        }
    }

    /**
     * A workload, the nodes, or addresses outside of the cluster.
     *
     * @param name {@code NAMESPACE/KIND/NAME}, {@code node/NAME}, a range or {@code world}
     * @param pods how many pods this is about; null for what is none
     * @param example one of these pods, when not all pods of the workload are alike
     */
    public record Workload(
            String name, @Nullable Integer pods, @Nullable String example) {}

    /**
     * A pair, and where its verdict changes.
     *
     * @param family {@code IPv4} or {@code IPv6} when they differ
     */
    public record PairChange(
            Workload from, Workload to, @Nullable String family, List<PortChange> changes) {}

    /**
     * Ports of one protocol that change alike.
     *
     * @param protocol {@code TCP}, {@code UDP}, {@code SCTP}, {@code other} (ICMP and the like) or {@code all}
     * @param ports {@code all}, or numbers and ranges: {@code 80, 8000-8080}
     * @param before what decided before; null when no rule did
     * @param after what will decide; null when no rule will
     */
    public record PortChange(
            String protocol,
            String ports,
            Verdict now,
            Verdict then,
            @Nullable Origin before,
            @Nullable Origin after) {}
}
