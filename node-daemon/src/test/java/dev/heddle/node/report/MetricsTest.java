package dev.heddle.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.Counters;
import dev.heddle.node.events.FlowLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void packetsRecordsAndWhatNeverBecameOneAreCountedByVerdict() {
        String text = Metrics.text(
                null,
                List.of(new Counters.Count("ingress", "policy_denied", 1, 60)),
                List.of(new Counters.Lost("dropped", 2, 3), new Counters.Lost("allowed", 4, 5)),
                new FlowLog.Heard(
                        List.of(new FlowLog.Count("egress", "allowed", 6)), new TreeMap<>(Map.of("allowed", 7L))),
                8,
                null);
        assertThat(text)
                .contains(
                        "heddle_packets_total{direction=\"ingress\",reason=\"policy_denied\"} 1\n",
                        "heddle_bytes_total{direction=\"ingress\",reason=\"policy_denied\"} 60\n",
                        "heddle_event_records_lost_total{verdict=\"dropped\",cause=\"limited\"} 2\n",
                        "heddle_event_records_lost_total{verdict=\"dropped\",cause=\"full\"} 3\n",
                        "heddle_event_records_lost_total{verdict=\"allowed\",cause=\"limited\"} 4\n",
                        "heddle_event_records_lost_total{verdict=\"allowed\",cause=\"full\"} 5\n",
                        "heddle_flow_records_total{direction=\"egress\",verdict=\"allowed\"} 6\n",
                        "heddle_flow_records_overwritten_total{verdict=\"allowed\"} 7\n",
                        "heddle_table_bytes 8\n");
    }
}
