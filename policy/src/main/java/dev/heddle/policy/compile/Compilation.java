package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** One attempt to compile a choice of rules; throws {@link Overflow} when a table is too small. */
final class Compilation {

    private final NodeView view;
    private final PeerNumbering numbering;
    private final Capacity capacity;
    private final AddressPlan addresses;
    private final SubjectTerms subjects;
    private final PeerClasses classes;

    Compilation(NodeView view, List<Rule> rules, PeerNumbering numbering, Capacity capacity, AddressPlan addresses) {
        this.view = view;
        this.numbering = numbering;
        this.capacity = capacity;
        this.addresses = addresses;
        this.subjects = new SubjectTerms(rules, view);
        this.classes = classify();
    }

    Image image(List<Problem> problems) {
        Tables tables = tables();
        Set<NamedPort> ports = view.identities().values().stream()
                .map(Identity::ports)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        Classifier classifier = new Classifier(
                subjects.terms().matchers(), classes, addresses.ranges(), Map.copyOf(view.namespaces()), ports);
        List<Problem> all = new ArrayList<>(problems);
        if (addresses.unplaced() > 0) {
            all.add(noRoom(addresses.unplaced()));
        }
        return new Image(tables, subjects.byEndpoint(), subjects.applied(), addresses, classifier, all);
    }

    private PeerClasses classify() {
        PeerColumns columns = new PeerColumns(addresses.keys(), view, addresses.ranges());
        BitSet host = new BitSet();
        host.set(PeerSpace.HOST);
        return new PeerClasses(
                addresses.keys().size(),
                subjects.terms().matchers().stream().map(columns::column).toList(),
                host,
                ownKeys());
    }

    /** This node, whether as a sender or by one of its addresses: its packets meet other rules of precedence. */
    private BitSet ownKeys() {
        BitSet own = new BitSet();
        own.set(PeerSpace.HOST);
        List<PeerKey> keys = addresses.keys();
        for (int key = 0; key < keys.size(); key++) {
            if (keys.get(key).who() instanceof Who.Node node && node.own()) {
                own.set(key);
            }
        }
        return own;
    }

    private Tables tables() {
        List<SubjectTerms.Judge> judged = subjects.subjects();
        if ((long) classes.count() * judged.size() > capacity.rows()) {
            throw new Overflow(Overflow.Table.ROWS);
        }
        PortClasses ports = PortClasses.of(subjects.terms().portLists());
        int mostRows = Math.min(capacity.rowIds(), capacity.cells() / ports.count());
        RowBuilder builder = new RowBuilder(ports, classes, mostRows);
        char[] rows = new char[judged.size() * classes.count()];
        for (int subject = 0; subject < judged.size(); subject++) {
            char[] row = builder.rows(judged.get(subject));
            System.arraycopy(row, 0, rows, subject * classes.count(), classes.count());
        }
        return new Tables(classes.count(), ports.count(), peerClasses(), ports.table(), rows, builder.cells());
    }

    /** A number that stands for nobody is treated as pending. */
    private char[] peerClasses() {
        Map<Integer, Integer> known = new HashMap<>();
        List<PeerKey> keys = addresses.keys();
        for (int key = 0; key < keys.size(); key++) {
            OptionalInt id = numbering.number(keys.get(key));
            if (id.isPresent()) {
                known.put(id.getAsInt(), classes.classOf(key));
            }
        }
        char[] peerClass = new char[numbering.bound()];
        Arrays.fill(peerClass, (char) classes.classOf(PeerSpace.PENDING));
        known.forEach((id, found) -> peerClass[id] = (char) (int) found);
        return peerClass;
    }

    private static Problem noRoom(int addresses) {
        return new Problem(
                new Origin("NodeEndpoints", "", "", 0, "status.endpoints"),
                Problem.Severity.NOT_ENFORCED,
                addresses + " pod addresses find no room in this node's tables; they are treated as pending");
    }
}
