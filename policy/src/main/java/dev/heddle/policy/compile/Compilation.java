package dev.heddle.policy.compile;

import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** One attempt to compile a choice of rules; throws {@link Overflow} when a table is too small. */
final class Compilation {

    private final NodeView view;
    private final PeerNumbering numbering;
    private final Capacity capacity;
    private final AddressPlan addresses;
    private final Set<NamedPort> ports;
    private final Judges subjects;
    private final Interned<Matcher> matchers;
    private final PeerClasses classes;

    Compilation(NodeView view, List<Rule> rules, PeerNumbering numbering, Capacity capacity, AddressPlan addresses) {
        this.view = view;
        this.numbering = numbering;
        this.capacity = capacity;
        this.addresses = addresses;
        addresses.memory().turn();
        this.ports = addresses.peers().ports();
        this.subjects = new Judges(rules, view, ports, addresses.memory());
        this.matchers = subjects.matchers();
        this.classes = addresses.memory().peerClasses(matchers.values(), this::split);
    }

    Image image(List<Problem> problems) {
        Tables tables = tables();
        Classifier classifier =
                new Classifier(matchers.values(), classes, addresses.ranges(), Map.copyOf(view.namespaces()), ports);
        List<Problem> all = new ArrayList<>(problems);
        if (addresses.unplaced() > 0) {
            all.add(noRoom(addresses.unplaced()));
        }
        return new Image(tables, subjects.byEndpoint(), subjects.applied(), addresses, classifier, all);
    }

    private PeerClasses split(List<Matcher> byMatchers) {
        PeerIndex peers = addresses.peers();
        PeerColumns columns = new PeerColumns(peers);
        return new PeerClasses(
                peers.size(),
                byMatchers.stream()
                        .map(matcher -> addresses.memory().column(matcher, columns::column))
                        .toList(),
                Members.of(peers.host()),
                Members.of(peers.own()));
    }

    private Tables tables() {
        List<Judges.Subject> judged = subjects.subjects();
        if ((long) classes.count() * judged.size() > capacity.rows()) {
            throw new Overflow(Overflow.Table.ROWS);
        }
        Interned<List<PortMatch>> portLists = subjects.portLists();
        PortClasses portClasses = addresses.memory().portClasses(portLists.values());
        int mostRows = Math.min(capacity.rowIds(), capacity.cells() / portClasses.count());
        RowBuilder builder = new RowBuilder(classes, portClasses, matchers, portLists, addresses.memory(), mostRows);
        char[] rows = new char[judged.size() * classes.count()];
        for (int subject = 0; subject < judged.size(); subject++) {
            char[] row = builder.rows(judged.get(subject));
            System.arraycopy(row, 0, rows, subject * classes.count(), classes.count());
        }
        return Tables.of(
                classes.count(), portClasses.count(), peerClasses(), portClasses.table(), rows, builder.cells());
    }

    /** A number that stands for nobody is treated as pending. */
    private char[] peerClasses() {
        char[] peerClass = new char[numbering.bound()];
        Arrays.fill(peerClass, (char) classes.classOf(PeerSpace.PENDING));
        PeerIndex peers = addresses.peers();
        for (int peer = 0; peer < peers.size(); peer++) {
            OptionalInt number = peers.number(peer);
            if (number.isPresent()) {
                peerClass[number.getAsInt()] = (char) classes.classOf(peer);
            }
        }
        return peerClass;
    }

    private static Problem noRoom(int addresses) {
        return new Problem(
                new Origin("NodeEndpoints", "", "", 0, "status.endpoints"),
                Problem.Severity.NOT_ENFORCED,
                addresses + " pod addresses find no room in this node's tables; they are treated as pending");
    }
}
