package dev.heddle.cli.flows;

import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowsHeld;
import java.util.List;

/** What came of asking one node. */
public sealed interface NodeFlows {

    String node();

    /** It answered. */
    record Answered(String node, FlowsHeld held, List<FlowRecord> records) implements NodeFlows {
        public Answered {
            records = List.copyOf(records);
        }
    }

    /** It did not, and why. */
    record Silent(String node, String why) implements NodeFlows {}
}
