package dev.heddle.e2e;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A truth table: who can reach whom.
 *
 * <p>Written as a text block: the first line names the columns (the servers), each further line a client and
 * one mark for each column. {@code T} is answered over TCP, {@code U} over UDP, {@code TU} both and {@code -}
 * neither, in each case at every address of the server. A cell {@code .} is not tested, for a pod and itself.
 */
final class Table {

    private static final Pattern WORD = Pattern.compile("\\S+");

    private final Map<Attempt, Outcome> expected;

    private Table(Map<Attempt, Outcome> expected) {
        this.expected = expected;
    }

    static Table parse(TestNamespaces pods, String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        List<String> servers = words(lines.getFirst());
        Map<Attempt, Outcome> expected = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = words(line);
            if (cells.size() != servers.size() + 1) {
                throw new IllegalArgumentException("'" + line + "' has not one cell for each of " + servers);
            }
            for (int i = 0; i < servers.size(); i++) {
                addCell(expected, pods.pod(cells.getFirst()), pods.pod(servers.get(i)), cells.get(i + 1));
            }
        }
        return new Table(expected);
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(MatchResult::group).toList();
    }

    private static void addCell(Map<Attempt, Outcome> expected, TestPod from, TestPod to, String cell) {
        if (cell.equals(".")) {
            return;
        }
        for (Protocol protocol : Protocol.values()) {
            boolean answered = cell.contains(protocol.name().substring(0, 1));
            Attempt.all(from, to, protocol)
                    .forEach(attempt -> expected.put(attempt, answered ? Outcome.ANSWERED : Outcome.TIMED_OUT));
        }
    }

    /** Makes every connection of the table; returns what differs from it, a line each. Empty is success. */
    List<String> differences(Connections connections) {
        return connections.differences(expected);
    }
}
