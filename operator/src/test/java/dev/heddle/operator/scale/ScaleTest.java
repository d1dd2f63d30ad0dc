package dev.heddle.operator.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.operator.scale.PolicyChanges.Kind;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark's rig at a small size, so that it goes on working. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false, apiServerFlags = "--allow-privileged=true")
class ScaleTest {

    @KubeConfig
    static String kubeConfig;

    @TempDir
    static Path scratch;

    @Test
    void everyPolicyReachesItsNodesAndEveryFigureIsMeasured() throws Exception {
        try (Rig rig = new Rig(Scale.SMALL, kubeConfig, scratch)) {
            Figures figures = rig.run();
            assertThat(figures.latencies())
                    .allSatisfy((kind, took) -> assertThat(took)
                            .hasSize(Scale.SMALL.policyChanges() / Kind.values().length)
                            .allSatisfy(one -> assertThat(one.acknowledged()).isGreaterThan(one.told())));
            assertThat(figures.changesPerSecond()).isPositive();
            assertThat(figures.churning().operator()).isPositive();
            assertThat(figures.toOperator()).isPositive();
            assertThat(figures.toNode()).isPositive();
            assertThat(figures.liveHeap()).isPositive().isLessThan(figures.peakResident());
        }
    }
}
