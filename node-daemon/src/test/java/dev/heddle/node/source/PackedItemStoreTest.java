package dev.heddle.node.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsSpec;
import dev.heddle.crds.NodeEndpointsStatus;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackedItemStoreTest {

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final PackedItemStore<NodeEndpoints> store =
            new PackedItemStore<>(NodeEndpoints.class, json, Records::reduced);

    @Test
    void anObjectComesBackWithWhatIsReadOfIt() {
        NodeEndpoints one = endpoints("one", "7", "10.244.1.7 web u1");

        assertThat(store.put(store.getKey(one), one)).isNull();

        NodeEndpoints back = requireNonNull(store.get("one"));
        assertThat(back.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(back.getMetadata().getUid()).isEqualTo("uid of one");
        assertThat(Records.claims(back)).isEqualTo(Records.claims(one)).hasSize(1);
    }

    @Test
    void aNewVersionReplacesTheOneBeforeAndGivesItBack() {
        store.put("one", endpoints("one", "7", "10.244.1.7 web u1"));
        store.put("two", endpoints("two", "8"));

        NodeEndpoints before = requireNonNull(store.put("one", endpoints("one", "9")));

        assertThat(before.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(store.values().map(each -> each.getMetadata().getResourceVersion()))
                .containsExactlyInAnyOrder("9", "8");
        assertThat(store.keySet()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void whatIsRemovedIsGone() {
        store.put("one", endpoints("one", "7"));

        assertThat(store.remove("one")).isNotNull();

        assertThat(store.remove("one")).isNull();
        assertThat(store.get("one")).isNull();
        assertThat(store.size()).isZero();
    }

    @Test
    void ofANodeItsLabelsAndAddressesAreKept() {
        var nodes = new PackedItemStore<>(io.fabric8.kubernetes.api.model.Node.class, json, Records::reduced);
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName("one")
                .withLabels(Map.of("zone", "a"))
                .addToAnnotations("long", "text")
                .endMetadata()
                .withNewStatus()
                .addNewAddress("192.0.2.1", "InternalIP")
                .addNewImage()
                .withNames("image")
                .endImage()
                .endStatus()
                .build();

        nodes.put("one", node);

        assertThat(nodes.get("one")).isEqualTo(Records.reduced(node)).satisfies(back -> {
            assertThat(back.getMetadata().getLabels()).containsEntry("zone", "a");
            assertThat(Records.addresses(back)).hasSize(1);
            assertThat(back.getStatus().getImages()).isEmpty();
        });
    }

    private static NodeEndpoints endpoints(String node, String version, String... claims) {
        NodeEndpoints endpoints = new NodeEndpoints();
        endpoints.setMetadata(new ObjectMetaBuilder()
                .withName(node)
                .withUid("uid of " + node)
                .withResourceVersion(version)
                .build());
        endpoints.setSpec(new NodeEndpointsSpec(List.of("10.244.1.0/24")));
        endpoints.setStatus(new NodeEndpointsStatus(List.of(claims)));
        return endpoints;
    }
}
