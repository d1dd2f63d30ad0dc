package dev.heddle.operator.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.crds.Heddle;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** What of a Heddle object becomes of the DaemonSet. */
class NodeDaemonSetTest {

    private static final String METRICS_PORT = "HEDDLE_METRICS_PORT";

    private static Heddle heddle(String spec) {
        return new KubernetesSerialization()
                .unmarshal(
                        "apiVersion: heddle.dev/v1alpha1\nkind: Heddle\nmetadata: {name: heddle}\nspec: " + spec,
                        Heddle.class);
    }

    private static PodTemplateSpec template(String spec) {
        return NodeDaemonSet.of(new Installation(heddle(spec), "heddle-system"))
                .getSpec()
                .getTemplate();
    }

    @Test
    void nobodyReachesTheMetricsUnlessItIsWanted() {
        PodTemplateSpec template = template("{}");
        Container container = template.getSpec().getContainers().getFirst();

        assertThat(container.getPorts()).isEmpty();
        assertThat(template.getMetadata().getAnnotations()).containsOnlyKeys("heddle.dev/settings");
        assertThat(NodeSettings.variables(heddle("{}").getSpec())).doesNotContainKey(METRICS_PORT);
    }

    @Test
    void metricsAreServedOnTheNodesAddressWhereTheyAreWanted() {
        PodTemplateSpec template = template("{metrics: {port: 9500}}");
        Container container = template.getSpec().getContainers().getFirst();

        assertThat(container.getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactly(tuple("metrics", 9500));
        assertThat(container.getEnv())
                .filteredOn(variable -> variable.getName().equals("NODE_IP"))
                .extracting(EnvVar::getValueFrom)
                .singleElement()
                .satisfies(from -> assertThat(from.getFieldRef().getFieldPath()).isEqualTo("status.hostIP"));
        assertThat(template.getMetadata().getAnnotations())
                .containsEntry("prometheus.io/scrape", "true")
                .containsEntry("prometheus.io/port", "9500");
        assertThat(NodeSettings.variables(heddle("{metrics: {port: 9500}}").getSpec()))
                .containsEntry(METRICS_PORT, "9500");
        assertThat(NodeSettings.variables(heddle("{metrics: {}}").getSpec())).containsEntry(METRICS_PORT, "9442");
    }
}
