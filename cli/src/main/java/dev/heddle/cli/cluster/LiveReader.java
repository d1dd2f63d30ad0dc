package dev.heddle.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.cli.explain.Connection.Half;
import dev.heddle.cli.explain.LiveView;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.crds.live.LiveAnswer;
import dev.heddle.crds.live.LiveQuestion;
import dev.heddle.policy.rule.Direction;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks daemons what the kernels of their nodes do with a connection; where there is no answer, it is told why. */
final class LiveReader {

    private static final JsonMapper JSON = new JsonMapper();

    private final ApiServer api;
    private final Daemons daemons;

    LiveReader(ApiServer api, Daemons daemons) {
        this.api = api;
        this.daemons = daemons;
    }

    /** One answer for each half; each node is asked once. */
    Map<Direction, LiveView> ask(List<Half> halves) {
        Map<String, Background<Map<Direction, LiveView>>> byNode = new HashMap<>();
        halves.stream()
                .collect(Collectors.groupingBy(Half::node))
                .forEach((node, own) -> byNode.put(node, api.inBackground(() -> ask(node, own))));
        Map<Direction, LiveView> views = new EnumMap<>(Direction.class);
        byNode.values().forEach(asked -> views.putAll(asked.join()));
        return views;
    }

    private Map<Direction, LiveView> ask(String node, List<Half> halves) {
        Map<Direction, LiveView> views = new EnumMap<>(Direction.class);
        try {
            List<LiveQuestion> questions = halves.stream().map(Half::question).toList();
            LiveAnswer answer = read(daemons.ask(daemons.on(node), json(questions)), questions.size());
            for (int i = 0; i < halves.size(); i++) {
                views.put(
                        halves.get(i).direction(),
                        new LiveView.Answered(
                                answer.sequence(), answer.verdicts().get(i)));
            }
        } catch (NoAnswerException e) {
            halves.forEach(half -> views.put(half.direction(), new LiveView.Silent(String.valueOf(e.getMessage()))));
        }
        return views;
    }

    private static String json(List<LiveQuestion> questions) {
        try {
            return JSON.writeValueAsString(questions);
        } catch (JsonProcessingException e) {
            throw new AssertionError("questions are records of texts and numbers", e);
        }
    }

    private static LiveAnswer read(String text, int questions) {
        try {
            var document = JSON.readTree(text);
            if (document.has("error")) {
                throw new NoAnswerException(
                        "its daemon says: " + document.path("error").asText());
            }
            LiveAnswer answer = JSON.treeToValue(document, LiveAnswer.class);
            if (answer.verdicts().size() == questions) {
                return answer;
            }
        } catch (JsonProcessingException e) {
            // Falls through to the one clear message.
        }
        throw Daemons.notUnderstood();
    }
}
