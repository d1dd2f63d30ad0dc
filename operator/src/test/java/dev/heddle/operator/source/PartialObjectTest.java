package dev.heddle.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import dev.heddle.operator.index.HeadSummary;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialObjectTest {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private static final String METADATA = """
            metadata:
              name: a
              labels: {app: web}
              annotations: {heddle.dev/sequence: "7"}
              ownerReferences: [{apiVersion: v1, kind: Node, name: n, uid: u}]
              managedFields: [{manager: kubectl}]
            """;

    @Test
    void aPodIsWhatPoliciesAskOfIt() {
        SlimPod pod = JSON.unmarshal("apiVersion: v1\nkind: Pod\n" + METADATA + """
                spec: {nodeName: node1, containers: [{name: main, image: i}]}
                status: {phase: Running, podIP: 10.0.0.1}
                """, SlimPod.class);

        assertThat(pod.getSpec()).isEqualTo(new SlimPod.Spec("node1", false));
        assertThat(pod.getStatus()).isEqualTo(new SlimPod.Status("Running"));
        assertThat(pod.getMetadata().getLabels()).containsEntry("app", "web");
        assertThat(pod.getMetadata().getManagedFields()).isEmpty();
        assertThat(pod.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(pod.getMetadata().getAnnotations()).isEmpty();
    }

    @Test
    void aPolicySetDropsItsRules() {
        StoredSet set =
                JSON.unmarshal("apiVersion: heddle.dev/v1alpha1\nkind: PolicySet\n" + METADATA + """
                spec: {namespace: shop, chunk: {index: 0, count: 1}, sources: [], rules: [{}]}
                """, StoredSet.class);

        assertThat(set.getMetadata().getManagedFields()).isEmpty();
        assertThat(JSON.asJson(set)).doesNotContain("rules");
    }

    @Test
    void aPolicyHeadKeepsWhatItsRulesWereMadeFrom() {
        PolicySource source = new PolicySource("NetworkPolicy", "allow", "u", 3);
        PolicySetContent content = new PolicySetContent("shop", List.of(source), List.of());
        PolicyHeadSpec spec = PolicyHeadSpec.of(content, 9, List.of(4L));
        StoredHead head = JSON.unmarshal(JSON.asJson(new PolicyHead(spec, List.of())), StoredHead.class);

        assertThat(head.getSpec())
                .isEqualTo(new StoredHead.Spec(
                        new HeadSummary("shop", 9, content.hash(), 0, List.of(source), List.of(4L), true)));
        assertThat(JSON.asJson(head)).doesNotContain("content");
    }

    @Test
    void endpointsDropTheirAddresses() {
        StoredEndpoints endpoints = JSON.unmarshal("kind: NodeEndpoints\n" + METADATA + """
                spec: {allowedCIDRs: [10.244.1.0/24]}
                status: {endpoints: [10.244.1.5 ab uid]}
                """, StoredEndpoints.class);

        assertThat(endpoints.getApiVersion()).isEqualTo("heddle.dev/v1alpha1");
        assertThat(endpoints.getSpec()).isNotNull();
        assertThat(JSON.asJson(endpoints)).doesNotContain("10.244.1.5");
    }

    @Test
    void theItemsOfAListNeedNoKind() {
        SlimNodeList nodes = JSON.unmarshal("""
                apiVersion: v1
                kind: NodeList
                items:
                - metadata: {name: node1}
                  spec: {podCIDRs: [10.244.1.0/24]}
                """, SlimNodeList.class);

        assertThat(nodes.getItems())
                .singleElement()
                .satisfies(node -> assertThat(node).isInstanceOf(SlimNode.class))
                .extracting(SlimNode::getSpec)
                .isEqualTo(new SlimNode.Spec(List.of("10.244.1.0/24")));
    }
}
