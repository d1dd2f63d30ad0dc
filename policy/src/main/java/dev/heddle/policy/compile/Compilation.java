package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** One attempt to compile a choice of rules; throws {@link Overflow} when a table is too small. */
final class Compilation {

    private static final int HOST_KEY = 1; // PeerSpace adds World, Host and Pending first
    private static final int PENDING_KEY = 2;

    private final NodeView view;
    private final PeerNumbering numbering;
    private final Capacity capacity;
    private final NamedRanges ranges;
    private final PeerSpace space;
    private final SubjectTerms subjects;
    private final Partition partition;
    private final List<Classifier.Answers> answers;

    Compilation(NodeView view, List<Rule> rules, PeerNumbering numbering, Capacity capacity) {
        this.view = view;
        this.numbering = numbering;
        this.capacity = capacity;
        this.ranges = NamedRanges.of(rules);
        this.space = new PeerSpace(view, rules, ranges);
        this.subjects = new SubjectTerms(rules, view);
        this.partition = new Partition(space.keys().size());
        this.answers = classify();
    }

    Image image(List<Problem> problems) {
        Set<Cidr> unplaced = unplaced();
        Tables tables = tables();
        Set<NamedPort> ports = view.identities().values().stream()
                .map(Identity::ports)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        Classifier classifier = new Classifier(
                subjects.terms().matchers(), ranges, Map.copyOf(view.namespaces()), ports, answers, ownClasses());
        List<Problem> all = new ArrayList<>(problems);
        if (!unplaced.isEmpty()) {
            all.add(noRoom(unplaced.size()));
        }
        return new Image(tables, subjects.byEndpoint(), subjects.applied(), prefixes(unplaced), classifier, all);
    }

    /** Splits all peers by every matcher, and notes how each class answers. */
    private List<Classifier.Answers> classify() {
        List<Matcher> matchers = subjects.terms().matchers();
        PeerColumns columns = new PeerColumns(space.keys(), view, ranges);
        List<PeerColumns.Column> asked = new ArrayList<>(matchers.size());
        BitSet host = new BitSet();
        host.set(HOST_KEY);
        partition.refine(host);
        partition.refine(ownKeys());
        for (Matcher matcher : matchers) {
            PeerColumns.Column column = columns.column(matcher);
            asked.add(column);
            partition.refine(column.yes());
            partition.refine(column.denies());
        }
        List<Classifier.Answers> found = new ArrayList<>(partition.count());
        for (int peer : partition.representatives()) {
            BitSet yes = new BitSet(asked.size());
            BitSet denies = new BitSet(asked.size());
            for (int i = 0; i < asked.size(); i++) {
                yes.set(i, asked.get(i).yes().get(peer));
                denies.set(i, asked.get(i).denies().get(peer));
            }
            found.add(new Classifier.Answers(yes, denies));
        }
        return found;
    }

    /** This node, whether as a sender or by one of its addresses: its packets meet other rules of precedence. */
    private BitSet ownKeys() {
        BitSet own = new BitSet();
        for (int key = 0; key < space.keys().size(); key++) {
            own.set(
                    key,
                    key == HOST_KEY
                            || (space.keys().get(key).who() instanceof Who.Node(var labels, var isOwn) && isOwn));
        }
        return own;
    }

    private BitSet ownClasses() {
        BitSet classes = new BitSet();
        ownKeys().stream().forEach(key -> classes.set(partition.classOf(key)));
        return classes;
    }

    private Tables tables() {
        int classes = partition.count();
        List<SubjectTerms.Judge> judged = subjects.subjects();
        if ((long) classes * judged.size() > capacity.rows()) {
            throw new Overflow(Overflow.Table.ROWS);
        }
        PortClasses ports = PortClasses.of(subjects.terms().portLists());
        int mostRows = Math.min(capacity.rowIds(), capacity.cells() / ports.count());
        RowBuilder builder = new RowBuilder(ports, answers, partition.classOf(HOST_KEY), ownClasses(), mostRows);
        char[] rows = new char[judged.size() * classes];
        for (int subject = 0; subject < judged.size(); subject++) {
            char[] row = builder.rows(judged.get(subject));
            System.arraycopy(row, 0, rows, subject * classes, classes);
        }
        return new Tables(classes, ports.count(), peerClasses(), ports.table(), rows, builder.cells());
    }

    /** A number that stands for nobody is treated as pending. */
    private char[] peerClasses() {
        Map<Integer, Integer> classes = new HashMap<>();
        for (int key = 0; key < space.keys().size(); key++) {
            OptionalInt id = number(key);
            if (id.isPresent()) {
                classes.put(id.getAsInt(), partition.classOf(key));
            }
        }
        char[] peerClass = new char[numbering.bound()];
        Arrays.fill(peerClass, (char) partition.classOf(PENDING_KEY));
        classes.forEach((id, found) -> peerClass[id] = (char) (int) found);
        return peerClass;
    }

    private OptionalInt number(int key) {
        return numbering.number(space.keys().get(key));
    }

    /**
     * Addresses of nodes come first, then those of pods: one that finds no page stays pending. Ranges that find none
     * are too many.
     */
    private Set<Cidr> unplaced() {
        Pages pages = new Pages(capacity.addressPages());
        for (Cidr address : space.nodeAddresses()) {
            if (!pages.place(address) || numberOf(address).isEmpty()) {
                throw new Overflow(Overflow.Table.RANGES);
            }
        }
        Set<Cidr> unplaced = new HashSet<>(space.claimed());
        unplaced.removeIf(pages::place);
        for (Cidr prefix : space.prefixes().keySet()) {
            if (!space.claimed().contains(prefix) && !pages.place(prefix)) {
                throw new Overflow(Overflow.Table.RANGES);
            }
        }
        space.claimed().stream().filter(address -> numberOf(address).isEmpty()).forEach(unplaced::add);
        return unplaced;
    }

    private PrefixTable prefixes(Set<Cidr> unplaced) {
        Map<Cidr, Integer> peers = new HashMap<>();
        for (Cidr prefix : space.prefixes().keySet()) {
            if (!unplaced.contains(prefix)) {
                peers.put(prefix, numberOf(prefix).orElseThrow(() -> new Overflow(Overflow.Table.RANGES)));
            }
        }
        numbering.retain(new HashSet<>(space.keys()));
        return new PrefixTable(peers);
    }

    private OptionalInt numberOf(Cidr prefix) {
        return numbering.number(
                space.keys().get(Objects.requireNonNull(space.prefixes().get(prefix))));
    }

    private static Problem noRoom(int addresses) {
        return new Problem(
                new Origin("NodeEndpoints", "", "", 0, "status.endpoints"),
                Problem.Severity.NOT_ENFORCED,
                addresses + " pod addresses find no room in this node's tables; they are treated as pending");
    }
}
