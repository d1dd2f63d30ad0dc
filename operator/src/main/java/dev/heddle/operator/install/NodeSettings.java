package dev.heddle.operator.install;

import dev.heddle.crds.HeddleSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.TreeMap;

/** The node daemon's settings: a ConfigMap whose keys are its variables, mounted as files. */
final class NodeSettings {

    private NodeSettings() {}

    static Map<String, String> variables(HeddleSpec spec) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("HEDDLE_CNI_CHAINING", spec.cni().chaining().toString());
        variables.put("HEDDLE_CNI_CONF_DIR", spec.cni().confDir());
        variables.put("HEDDLE_CNI_BIN_DIR", spec.cni().binDir());
        variables.put("HEDDLE_SERVICES", spec.services().enabled().toString());
        if (spec.metrics() != null) {
            variables.put("HEDDLE_METRICS_PORT", spec.metrics().port().toString());
        }
        return variables;
    }

    static ConfigMap configMap(Installation installation) {
        return new ConfigMapBuilder()
                .withMetadata(installation.namespacedMetadata())
                .withData(variables(installation.heddle().getSpec()))
                .build();
    }
}
