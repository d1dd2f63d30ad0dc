package dev.heddle.node.rehearsal;

import dev.heddle.node.apply.LiveTables.Finding;
import dev.heddle.node.query.Answers;
import dev.heddle.node.query.Answers.Device;
import dev.heddle.node.query.Answers.Known;
import dev.heddle.node.query.Ask;
import dev.heddle.node.query.QueryServer;
import dev.heddle.policy.rule.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One question, asked as {@code kubectl heddle explain} does. */
final class QueryRehearsal {
    private static final String QUESTION = """
            [{"namespace":"shop","pod":"web","direction":"EGRESS","address":"10.244.1.9","protocol":6,"port":80}]""";

    private QueryRehearsal() {}

    static void run(Path folder) throws IOException {
        Path socket = folder.resolve(QueryServer.SOCKET);
        Answers answers = new Answers(
                Props.NODE,
                (ifindex, direction, remote, bornHere, protocol, port) -> new Finding.Cell(1, 1, 3, 1, 1, 1, 1),
                revision -> List.of());
        Origin rule = new Origin("NetworkPolicy", "shop", "web", 1, "spec.egress[0]");
        answers.know(new Known(1, 1, List.of(rule), Map.of("shop/web", new Device(7, true))));
        try (QueryServer _ = QueryServer.listen(socket, answers)) {
            String answer = Ask.ask(socket, QUESTION);
            if (!answer.contains("spec.egress[0]")) {
                throw new IllegalStateException("the rehearsed question got " + answer);
            }
        }
    }
}
