package dev.heddle.policy.world;

import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Judgement;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node's tables, read as the kernel reads them: those that decide, and those that say which rule did.
 *
 * @param local how many of the world's pods run there, the first ones
 */
public record Compiled(World world, int local, Image image) {

    /** The tables of a node that runs all pods. */
    public static Compiled of(World world, List<Rule> rules) {
        int pods = world.pods().size();
        return new Compiled(
                world,
                pods,
                Compiler.compile(
                        world.seen(rules, pods, pods), new PeerNumbering(65_536), Capacity.OF_THE_KERNEL_TABLES));
    }

    /**
     * What the tables say of a flow at one end, whose pod runs there: one judgement, or two if those that decide and those
     * that say by which rule do not agree.
     */
    public Set<Judgement> judge(Flow flow) {
        return judgeFrom(flow, peer(flow));
    }

    /** The same, for a peer of this number. */
    public Set<Judgement> judgeFrom(Flow flow, int peer) {
        return judge(flow, image.peerClass().get(peer), image.verdictClass().get(peer));
    }

    /** The same, for a peer of this class. */
    public Set<Judgement> judge(Flow flow, int peerClass) {
        return judge(flow, peerClass, image.verdictClassOf(peerClass));
    }

    private Set<Judgement> judge(Flow flow, int peerClass, int verdictClass) {
        String endpoint = String.valueOf(world.pods().subList(0, local).indexOf(flow.subject()));
        Subjects subjects = Objects.requireNonNull(image.subjects().get(endpoint), "the pod runs elsewhere");
        int subject = flow.direction() == Direction.INGRESS ? subjects.ingress() : subjects.egress();
        int portClass = image.portClass().get((Image.slot(flow.protocol()) << 16) + flow.port());
        int row = image.rows().get(subject * image.classes() + peerClass);
        int cell = image.cells().get(row * image.portClasses() + portClass);
        int verdictRow = image.verdictRows().get(subject * image.verdictClasses() + verdictClass);
        int action = image.verdictCells().get(verdictRow * image.portClasses() + portClass);
        @Nullable Rule rule = image.rule(cell & 0xff_ffff);
        return new LinkedHashSet<>(List.of(new Judgement(action == 1, rule), new Judgement(cell >>> 30 == 1, rule)));
    }

    /** As a sender only a packet that is born on this node is this node's. */
    private int peer(Flow flow) {
        boolean bornHere = flow.isWithOwnNode() && flow.direction() == Direction.INGRESS;
        return bornHere
                ? PeerNumbering.HOST
                : image.prefixes().peer(flow.other().address());
    }
}
