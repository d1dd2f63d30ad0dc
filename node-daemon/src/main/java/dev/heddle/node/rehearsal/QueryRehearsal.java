package dev.heddle.node.rehearsal;

import dev.heddle.node.apply.LiveTables.Finding;
import dev.heddle.node.events.FlowLog;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.node.query.Answers;
import dev.heddle.node.query.Answers.Device;
import dev.heddle.node.query.Answers.Known;
import dev.heddle.node.query.Ask;
import dev.heddle.node.query.QueryServer;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A question of each kind, asked as {@code kubectl heddle explain} and {@code flows} do. */
final class QueryRehearsal {
    private static final String QUESTION = """
            [{"namespace":"shop","pod":"web","direction":"EGRESS","address":"10.244.1.9","protocol":6,"port":80}]""";

    private static final String FLOWS =
            "{\"flows\":{\"namespace\":\"shop\",\"pod\":\"web\",\"addresses\":[\"10.244.1.9\"]}}";

    private QueryRehearsal() {}

    static void run(Path folder) throws IOException {
        Path socket = folder.resolve(QueryServer.SOCKET);
        Answers answers = new Answers(
                Props.NODE,
                (ifindex, direction, remote, bornHere, protocol, port) -> new Finding.Cell(1, 1, 3, 1, 1, 1, false, 1),
                revision -> List.of());
        Origin rule = new Origin("NetworkPolicy", "shop", "web", 1, "spec.egress[0]");
        answers.know(new Known(1, 1, List.of(rule), Map.of("shop/web", new Device(7, true))));
        FlowLog flows = new FlowLog(
                Props.NODE, InstantSource.system(), System::nanoTime, revision -> List.of(), () -> List.of());
        flows.accept(new PacketEvent(
                System.nanoTime(),
                Direction.INGRESS,
                true,
                "policy denied",
                Address.parse("10.244.1.9"),
                40_000,
                Address.parse("10.244.1.7"),
                80,
                6,
                1,
                3,
                1,
                7,
                0));
        try (QueryServer _ = QueryServer.listen(socket, answers, flows)) {
            String answer = Ask.ask(socket, QUESTION);
            if (!answer.contains("spec.egress[0]")) {
                throw new IllegalStateException("the rehearsed question got " + answer);
            }
            String heard = Ask.ask(socket, FLOWS);
            if (!heard.contains("policy denied")) {
                throw new IllegalStateException("the rehearsed question for flows got " + heard);
            }
        }
    }
}
