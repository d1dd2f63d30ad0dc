package dev.heddle.node.query;

import dev.heddle.node.kernel.Observed;
import dev.heddle.node.loop.Round;
import dev.heddle.node.query.Answers.Device;
import dev.heddle.node.query.Answers.Known;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells {@link Answers} after every round what the daemon knows then. */
public final class Informed implements Consumer<Round> {

    private final Answers answers;
    private @Nullable Image image;
    private List<Origin> rules = List.of();

    public Informed(Answers answers) {
        this.answers = answers;
    }

    @Override
    public void accept(Round round) {
        Observed observed = round.observed();
        Image now = observed.image();
        if (now != image) {
            image = now;
            rules = now == null
                    ? List.of()
                    : now.rules().stream().map(Rule::origin).toList();
        }
        Map<String, Device> devices = new HashMap<>();
        round.world()
                .pods()
                .interfaces()
                .forEach(each -> devices.put(
                        each.namespace() + "/" + each.pod(),
                        new Device(each.ifindex(), observed.covers(each.ifindex()))));
        // Of a revision that an earlier daemon left, no image is known: its rules are those that were kept.
        int revision = now == null ? 0 : observed.revision();
        answers.know(new Known(round.live().sequence(), revision, rules, Map.copyOf(devices)));
    }
}
