package dev.heddle.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.cli.facts.AddressText;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.flows.NodeFlows;
import dev.heddle.cli.flows.Wanted;
import dev.heddle.crds.live.FlowQuestion;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowsHeld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Asks daemons which flows they heard of. */
final class FlowReader {

    private static final JsonMapper JSON = new JsonMapper();
    /** So many nodes at once. */
    private static final int TOGETHER = 32;

    private final ApiServer api;
    private final Daemons daemons;
    private final Semaphore turns = new Semaphore(TOGETHER);

    FlowReader(ApiServer api, Daemons daemons) {
        this.api = api;
        this.daemons = daemons;
    }

    /** One answer for each node that is asked. */
    List<NodeFlows> read(Wanted wanted) {
        Optional<PodFacts> pod = pod(wanted);
        List<String> addresses = pod.map(
                        known -> known.addresses().stream().map(AddressText::of).toList())
                .orElse(List.of());
        String question = json(wanted.question(addresses));
        String node =
                wanted.node() != null ? wanted.node() : pod.map(PodFacts::node).orElse(null);
        if (node != null) {
            return List.of(ask(node, () -> daemons.on(node), question));
        }
        List<Background<NodeFlows>> asked = new ArrayList<>();
        for (Map.Entry<String, String> daemon : daemons.all().entrySet()) {
            asked.add(api.inBackground(() -> ask(daemon.getKey(), daemon::getValue, question)));
        }
        return asked.stream().map(Background::join).toList();
    }

    /** Of a pod that is gone a node may still have records, if one says which node. */
    private Optional<PodFacts> pod(Wanted wanted) {
        String name = wanted.pod();
        String namespace = wanted.namespace();
        if (name == null || namespace == null) {
            return Optional.empty();
        }
        Optional<PodFacts> pod =
                api.get(Paths.in(namespace, Paths.PODS) + "/" + name).map(Records::pod);
        if (wanted.node() == null && (pod.isEmpty() || pod.get().node().isEmpty())) {
            throw new NoAnswerException((pod.isEmpty() ? "there is no pod " : "no node runs pod ") + namespace + "/"
                    + name + "; of one that is gone, --node names the node to ask");
        }
        return pod;
    }

    private NodeFlows ask(String node, Supplier<String> daemon, String question) {
        turns.acquireUninterruptibly();
        try {
            return read(node, daemons.ask(daemon.get(), question));
        } catch (NoAnswerException e) {
            return new NodeFlows.Silent(node, String.valueOf(e.getMessage()));
        } finally {
            turns.release();
        }
    }

    private static String json(FlowQuestion question) {
        try {
            return JSON.writeValueAsString(Map.of(FlowQuestion.FIELD, question));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a question is a record of texts and numbers", e);
        }
    }

    /** Lines of JSON, see {@link FlowsHeld}. */
    static NodeFlows read(String node, String answer) {
        try {
            List<String> lines = answer.lines().toList();
            var first = JSON.readTree(lines.isEmpty() ? "{}" : lines.getFirst());
            if (first.has("error")) {
                throw new NoAnswerException(
                        "its daemon says: " + first.path("error").asText());
            }
            if (!first.has("held")) {
                throw Daemons.notUnderstood();
            }
            List<FlowRecord> records = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                records.add(JSON.readValue(line, FlowRecord.class));
            }
            return new NodeFlows.Answered(node, JSON.treeToValue(first, FlowsHeld.class), records);
        } catch (JsonProcessingException e) {
            throw Daemons.notUnderstood();
        }
    }
}
