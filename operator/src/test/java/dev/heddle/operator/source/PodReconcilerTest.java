package dev.heddle.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodReconcilerTest {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final Index index = new Index();
    private final PodReconciler pods = new PodReconciler(new Nobody());

    /** Policies apply to a pod that runs on a node with a device of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {nodeName: node1}                    | {phase: Running}   | 1
            {nodeName: node1}                    | {phase: Pending}   | 1
            {nodeName: node1}                    | {}                 | 1
            {}                                   | {phase: Pending}   | 0
            {nodeName: node1, hostNetwork: true} | {phase: Running}   | 0
            {nodeName: node1}                    | {phase: Succeeded} | 0
            {nodeName: node1}                    | {phase: Failed}    | 0
            """)
    void aPodCountsWherePoliciesApplyToIt(String spec, String status, int counted) {
        pods.put(index, pod("{nodeName: node1}", "{phase: Running}"));
        pods.put(index, pod(spec, status));

        assertThat(index.podCount()).isEqualTo(counted);
    }

    private static SlimPod pod(String spec, String status) {
        return JSON.unmarshal(
                "apiVersion: v1\nkind: Pod\nmetadata: {namespace: shop, name: web}\nspec: %s\nstatus: %s\n"
                        .formatted(spec, status),
                SlimPod.class);
    }

    /** Hears nothing. */
    private static final class Nobody implements Feed {
        @Override
        public void change(Consumer<Index> change) {}

        @Override
        public <R> void source(Supplier<Stream<R>> cache, BiConsumer<Index, R> put) {}

        @Override
        public void everyTick(Consumer<Index> change) {}
    }
}
