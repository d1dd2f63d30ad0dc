package dev.heddle.operator.scale;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Percentile;
import dev.heddle.bench.Published;
import dev.heddle.bench.Report;
import dev.heddle.operator.scale.Latencies.Took;
import dev.heddle.operator.scale.PolicyChanges.Kind;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster of 1,000 nodes costs the operator, and how soon its nodes are told of a policy. */
@Tag("bench")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false, apiServerFlags = "--allow-privileged=true")
class ScaleBench {

    private static final double MEMORY_BUDGET_MIB = 1024;

    @KubeConfig
    static String kubeConfig;

    @TempDir
    static Path scratch;

    @Test
    void scale() throws Exception {
        Scale scale = Scale.full();
        try (Rig rig = new Rig(scale, kubeConfig, scratch)) {
            Figures figures = rig.run();
            List<Comparison> cases = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                cases.addAll(Published.beside(
                        "scale",
                        kind.name().toLowerCase(Locale.ROOT),
                        "ms to the last node",
                        figures.millis(kind, Took::told)));
            }
            cases.add(Comparison.ofBudget(
                    "scale", "peak memory", "MiB resident", figures.peakResident(), MEMORY_BUDGET_MIB));
            Report.publish("scale", "ms to the last node; MiB", "compared", cases);
            print(scale, figures);
        }
    }

    private static void print(Scale scale, Figures figures) throws Exception {
        double toAll = figures.toOperator() + scale.nodes() * figures.toNode();
        System.out.printf(
                Locale.ROOT,
                """
                %s
                load average now            %s
                start to last node told     %.1f s, to the last report %.1f s
                CPU s/s, nothing happens    %s
                  at %.1f pod changes/s     %s
                  and policy changes        %s
                operator memory             %.1f MiB resident at most, %.1f MiB of live objects
                sent by the API server for a pod change: %.0f B to the operator, %.0f B to each node, %.0f B in all
                """,
                scale,
                Files.readString(Path.of("/proc/loadavg")).strip(),
                figures.told().toMillis() / 1e3,
                figures.reported().toMillis() / 1e3,
                text(figures.idle()),
                figures.changesPerSecond(),
                text(figures.churning()),
                text(figures.changing()),
                figures.peakResident(),
                figures.liveHeap(),
                figures.toOperator(),
                figures.toNode(),
                toAll);
        for (Kind kind : Kind.values()) {
            print(kind, "until the API server has it", figures, Took::accepted);
            print(kind, "until the first node is told", figures, Took::heard);
            print(kind, "until the last status says it", figures, Took::acknowledged);
        }
    }

    private static void print(Kind kind, String what, Figures figures, Function<Took, Duration> part) {
        double[] millis = figures.millis(kind, part);
        System.out.printf(
                Locale.ROOT,
                "%-6s %-29s  p50 %.0f ms, p90 %.0f ms, p99 %.0f ms%n",
                kind.name().toLowerCase(Locale.ROOT),
                what,
                Percentile.of(millis, 0.5),
                Percentile.of(millis, 0.9),
                Percentile.of(millis, 0.99));
    }

    private static String text(Shares shares) {
        return String.format(
                Locale.ROOT,
                "operator %.3f, API server %.3f, etcd %.3f, rig %.3f",
                shares.operator(),
                shares.apiServer(),
                shares.etcd(),
                shares.rig());
    }
}
