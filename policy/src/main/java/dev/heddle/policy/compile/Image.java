package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a node's policy, compiled to tables. Immutable.
 *
 * <p>A verdict is five loads: {@code peer = address tree[address]}, {@code class = verdictClass[peer]}, {@code
 * row = verdictRows[subject * verdictClasses + class]}, {@code port class = portClasses[slot][port]}, {@code action =
 * verdictCells[row * portClasses + port class]}. Which rule decided say {@code peerClass}, {@code rows} and {@code cells}
 * in the same way: the verdict tables are these, with all put together that only the rule tells apart. The buffers are
 * read-only views in the kernel's element sizes (16 bits, cells 32, verdict cells 8).
 *
 * <p>Traffic of a pod to its own address never needs a verdict: it is accepted, and where it passes a hook at
 * all the program accepts it before it asks the tables.
 */
public final class Image {

    private final Tables tables;
    private final Map<String, Subjects> subjects;
    private final List<Rule> rules;
    private final AddressPlan addresses;
    private final Classifier classifier;
    private final List<Problem> problems;

    Image(
            Tables tables,
            Map<String, Subjects> subjects,
            List<Rule> rules,
            AddressPlan addresses,
            Classifier classifier,
            List<Problem> problems) {
        this.tables = tables;
        this.subjects = Map.copyOf(subjects);
        this.rules = List.copyOf(rules);
        this.addresses = addresses;
        this.classifier = classifier;
        this.problems = List.copyOf(problems);
    }

    /** Number of peer classes: the stride of {@link #rows}. */
    public int classes() {
        return tables.classes();
    }

    /** Number of port classes: the stride of {@link #cells}. */
    public int portClasses() {
        return tables.portClasses();
    }

    /** Number of different subjects, that without rules included. */
    public int subjectCount() {
        return tables.rows().length / tables.classes();
    }

    /** Number of different rows. */
    public int rowCount() {
        return tables.cells().length / tables.portClasses();
    }

    /** Class of each peer id; peers at and above the end have none yet, see {@link #classFor}. */
    public CharBuffer peerClass() {
        return CharBuffer.wrap(tables.peerClass()).asReadOnlyBuffer();
    }

    /** Port class by {@code slot * 65536 + port}; slot 0 other protocols, 1 TCP, 2 UDP, 3 SCTP. */
    public CharBuffer portClass() {
        return CharBuffer.wrap(tables.portClass()).asReadOnlyBuffer();
    }

    /** Row id by {@code subject * classes + class}. */
    public CharBuffer rows() {
        return CharBuffer.wrap(tables.rows()).asReadOnlyBuffer();
    }

    /** {@link Verdict#cell} by {@code row id * portClasses + port class}. */
    public IntBuffer cells() {
        return IntBuffer.wrap(tables.cells()).asReadOnlyBuffer();
    }

    /** Number of verdict classes: the stride of {@link #verdictRows}. */
    public int verdictClasses() {
        return tables.verdicts().classes();
    }

    /** The verdict class of a peer class. */
    public int verdictClassOf(int peerClass) {
        return tables.verdicts().ofClass()[peerClass];
    }

    /** Verdict class of each peer id, as {@link #peerClass}. */
    public CharBuffer verdictClass() {
        return CharBuffer.wrap(tables.verdicts().peerClass()).asReadOnlyBuffer();
    }

    /** Verdict row id by {@code subject * verdictClasses + verdict class}. */
    public CharBuffer verdictRows() {
        return CharBuffer.wrap(tables.verdicts().rows()).asReadOnlyBuffer();
    }

    /** Action, 0 deny or 1 allow, by {@code verdict row id * portClasses + port class}. */
    public ByteBuffer verdictCells() {
        return ByteBuffer.wrap(tables.verdicts().cells()).asReadOnlyBuffer();
    }

    /** The address tree's content; the same object in images that were compiled for the same addresses. */
    public PrefixTable prefixes() {
        return addresses.prefixes();
    }

    AddressPlan addresses() {
        return addresses;
    }

    /** The subjects of each endpoint, by its id. */
    public Map<String, Subjects> subjects() {
        return subjects;
    }

    /** Whether this subject accepts every peer and port, so that replies to it need no conntrack entry. */
    public boolean open(int subject) {
        return tables.open(subject);
    }

    /** All rules that decide something here; {@code rules().get(n - 1)} has number n. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rule of a number found in a cell; null for 0, which no rule decided. */
    public @Nullable Rule rule(int number) {
        return number == 0 ? null : rules.get(number - 1);
    }

    /** Objects that broke a budget and are closed for their own subjects, and addresses that found no room. */
    public List<Problem> problems() {
        return problems;
    }

    /** What the peer of an address is called under this image's named ranges. */
    public PeerKey peerAt(Cidr address, Who who) {
        return new PeerKey(who, classifier.namedRange(address));
    }

    /**
     * The class of a peer that was not there at compile time, so that an address can be added without a compile:
     * store its class and {@link #verdictClassOf} that under its number, then its address. Empty when no class of this image treats it rightly
     * or the labels of its namespace are not known: the address stays pending until the next compile.
     *
     * @param identity of a {@link Who.Known} peer, otherwise null
     */
    public OptionalInt classFor(PeerKey peer, @Nullable Identity identity) {
        return classifier.classOf(peer, identity);
    }

    /**
     * The verdict as the kernel finds it, and the rule as it says it.
     *
     * @param protocol IANA number
     * @param port destination port, 0 for protocols without ports
     */
    public Verdict judge(int subject, int peer, int protocol, int port) {
        return tables.judge(subject, peer, slot(protocol), port);
    }

    /** The slot of a protocol (IANA number) in the port class table. */
    public static int slot(int protocol) {
        return switch (protocol) {
            case 6 -> 1;
            case 17 -> 2;
            case 132 -> 3;
            default -> 0;
        };
    }
}
