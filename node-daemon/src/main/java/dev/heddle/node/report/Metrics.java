package dev.heddle.node.report;

import dev.heddle.node.apply.Counters;
import dev.heddle.node.events.FlowLog;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics in Prometheus' text format (version 0.0.4). */
public final class Metrics {

    private Metrics() {}

    /**
     * Everything as text.
     *
     * @param picture the newest; null before the first
     * @param lost records of packets that were never written
     * @param heard records that came
     * @param tableBytes mapped memory of the kernel's tables
     * @param startup from the process's start to its first live revision; null before that
     */
    public static String text(
            @Nullable Picture picture,
            List<Counters.Count> counts,
            List<Counters.Lost> lost,
            FlowLog.Heard heard,
            long tableBytes,
            @Nullable Duration startup) {
        StringBuilder out = new StringBuilder();
        if (picture != null) {
            gauge(out, "heddle_revision", "Live revision of the kernel's tables.", picture.revision());
            gauge(out, "heddle_endpoints", "Pods under policy.", picture.endpoints());
            gauge(out, "heddle_addresses", "Pod addresses known in the cluster.", picture.addresses());
            gauge(
                    out,
                    "heddle_unprotected_pods",
                    "Pods that are not filtered.",
                    picture.unprotected().size());
            gauge(
                    out,
                    "heddle_service_addresses",
                    "Service addresses and ports that are translated.",
                    picture.services().addresses());
            gauge(
                    out,
                    "heddle_services_refused",
                    "What of Services is not translated as it should be.",
                    picture.services().refused().size());
            gauge(out, "heddle_policy_sequence_told", "Highest sequence of a PolicyHead seen.", picture.told());
            gauge(
                    out,
                    "heddle_policy_sequence_in_force",
                    "All that was told up to this sequence is in force.",
                    picture.inForce());
        }
        if (startup != null) {
            gauge(
                    out,
                    "heddle_startup_seconds",
                    "From the process's start to its first live revision.",
                    startup.toMillis() / 1e3);
        }
        gauge(out, "heddle_table_bytes", "Mapped memory of the kernel's tables.", tableBytes);
        family(out, "heddle_packets_total", "Packets judged, by verdict.");
        counts.forEach(count -> counter(out, "heddle_packets_total", count, count.packets()));
        family(out, "heddle_bytes_total", "Bytes of packets judged, by verdict.");
        counts.forEach(count -> counter(out, "heddle_bytes_total", count, count.bytes()));
        family(out, "heddle_flow_records_total", "Records of flows that begin and of drops, by direction and verdict.");
        heard.records()
                .forEach(count -> counter(
                        out,
                        "heddle_flow_records_total",
                        "direction=\"" + count.direction() + "\",verdict=\"" + count.verdict() + "\"",
                        count.records()));
        family(out, "heddle_flow_records_overwritten_total", "Records that newer ones have replaced, by verdict.");
        heard.overwritten()
                .forEach((verdict, records) ->
                        counter(out, "heddle_flow_records_overwritten_total", "verdict=\"" + verdict + "\"", records));
        family(out, "heddle_event_records_lost_total", "Records that were never written, by verdict and cause.");
        for (Counters.Lost each : lost) {
            String labels = "verdict=\"" + each.verdict() + "\",cause=\"";
            counter(out, "heddle_event_records_lost_total", labels + "limited\"", each.limited());
            counter(out, "heddle_event_records_lost_total", labels + "full\"", each.full());
        }
        return out.toString();
    }

    private static void gauge(StringBuilder out, String name, String help, Number value) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(" gauge\n");
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void family(StringBuilder out, String name, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(" counter\n");
    }

    private static void counter(StringBuilder out, String name, Counters.Count count, long value) {
        counter(out, name, "direction=\"" + count.direction() + "\",reason=\"" + count.reason() + "\"", value);
    }

    private static void counter(StringBuilder out, String name, String labels, long value) {
        out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }
}
