package dev.heddle.node.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.desired.ServiceTable.Endpoint;
import dev.heddle.node.desired.ServiceTable.Port;
import dev.heddle.node.desired.ServiceTable.Service;
import dev.heddle.node.desired.ServiceTable.Slice;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Affinity;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceNode;
import dev.heddle.node.kernel.ServiceTarget;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where addresses lead, seen from node one. Backends are named by their last octet. */
class ServiceTableTest {

    private static final String VIRTUAL = "10.96.0.5:80";
    private static final String NODE_PORT = "0.0.0.0:30080";
    private static final Set<Address> OWN = Set.of(Address.parse("10.0.0.1"), Address.parse("fd00::1"));
    private static final NodePortAddresses NODES = new NodePortAddresses(
            "one",
            OWN,
            Map.of(
                    "two", Set.of(Address.parse("10.0.0.2"), Address.parse("fd00::2")),
                    "three", Set.of(Address.parse("10.0.0.3"))));

    private final ServiceTable table = new ServiceTable("one");

    @Test
    void aPortGoesToTheReadyEndpointsOfAllSlices() {
        web(false, false);
        slice("1", ready("10.244.1.2", "one"));
        slice("2", ready("10.244.2.3", "two"));
        assertThat(backends(VIRTUAL)).containsExactly("10.244.1.2:8080", "10.244.2.3:8080");

        table.sliceGone("shop/web-1");
        assertThat(backends(VIRTUAL)).containsExactly("10.244.2.3:8080");
    }

    @Test
    void endpointsThatEndAreTheLastResort() {
        web(false, false);
        slice("1", ending("10.244.1.2", "one"));
        assertThat(backends(VIRTUAL)).containsExactly("10.244.1.2:8080");

        slice("2", ready("10.244.2.3", "two"));
        assertThat(backends(VIRTUAL)).containsExactly("10.244.2.3:8080");
    }

    @Test
    void aServiceWithoutEndpointsRefuses() {
        web(false, false);

        assertThat(backends(VIRTUAL)).isEmpty();
    }

    @Test
    void internalTrafficPolicyLocalStaysOnTheNode() {
        web(true, false);
        slice("1", ready("10.244.1.2", "one"), ready("10.244.2.3", "two"));

        assertThat(backends(VIRTUAL)).containsExactly("10.244.1.2:8080");
        assertThat(backends(NODE_PORT)).as("that policy is the ClusterIP's").hasSize(2);
    }

    /** A dual-stack Service has an address and slices of each family; the numbers of its ports may differ. */
    @Test
    void eachAddressGoesToEndpointsOfItsFamily() {
        table.service(
                "shop/web",
                new Service(
                        "",
                        List.of(Address.parse("10.96.0.5"), Address.parse("fd00:96::5")),
                        List.of(new Port("http", 80, 6, 30080)),
                        10800,
                        false,
                        false));
        slice("v4", ready("10.244.1.2", "one"));
        table.slice(
                "shop/web-v6",
                new Slice(
                        "shop/web",
                        Map.of(ServiceTable.portKey("http", 6), 8086),
                        List.of(ready("fd00:244:1::2", "one"))));

        assertThat(table.translated().targets()).hasSize(4);
        assertThat(backends(VIRTUAL)).containsExactly("10.244.1.2:8080");
        assertThat(backends(NODE_PORT)).containsExactly("10.244.1.2:8080");
        assertThat(backends("fd00:96::5:80")).containsExactly("fd00:244:1::2:8086");
        assertThat(backends(":::30080")).containsExactly("fd00:244:1::2:8086");

        assertThat(target(VIRTUAL).affinity())
                .as("a client's last backend at any address of the family")
                .isEqualTo(target(NODE_PORT).affinity())
                .isNotEqualTo(target("fd00:96::5:80").affinity())
                .isNotEqualTo(Affinity.NONE);

        table.sliceGone("shop/web-v4");
        assertThat(backends(VIRTUAL)).as("no IPv6 endpoint serves it").isEmpty();
    }

    @Test
    void aNodePortIsAtTheAddressesOfAllNodes() {
        table.nodes(NODES);
        web(false, false);
        slice("1", ready("10.244.1.2", "one"), ready("10.244.2.3", "two"));

        assertThat(backends(NODE_PORT)).containsExactly("10.244.1.2:8080", "10.244.2.3:8080");
        assertThat(target(NODE_PORT).onlyThisNode()).isFalse();
        assertThat(table.translated().targets()).as("no entry for each node").hasSize(2);
        assertThat(table.translated().nodes())
                .isEqualTo(Map.of(
                        Address.parse("10.0.0.1"), ServiceNode.THIS,
                        Address.parse("fd00::1"), ServiceNode.THIS,
                        Address.parse("10.0.0.2"), ServiceNode.OTHER,
                        Address.parse("fd00::2"), ServiceNode.OTHER,
                        Address.parse("10.0.0.3"), ServiceNode.OTHER));
    }

    @Test
    void externalTrafficPolicyLocalGoesToEndpointsOfTheAddressedNode() {
        table.nodes(NODES);
        web(false, true);
        slice(
                "1",
                ready("10.244.1.2", "one"),
                ready("10.244.2.3", "two"),
                ending("10.244.2.4", "two"),
                ending("10.244.9.9", "gone"));

        assertThat(backends(VIRTUAL)).as("that policy is the node port's").hasSize(2);
        assertThat(backends(NODE_PORT)).containsExactly("10.244.1.2:8080");
        assertThat(target(NODE_PORT).onlyThisNode()).as("node three refuses").isTrue();
        assertThat(backends("10.0.0.2:30080")).containsExactly("10.244.2.3:8080");
        assertThat(target("10.0.0.2:30080").onlyThisNode()).isFalse();
        assertThat(table.translated().targets()).hasSize(3);
    }

    @Test
    void nodesThatComeAndGoTakeTheirNodePortsWithThem() {
        web(false, true);
        slice("1", ready("10.244.2.3", "two"));
        assertThat(table.translated().targets()).hasSize(2);

        table.nodes(NODES);
        assertThat(backends("10.0.0.2:30080")).containsExactly("10.244.2.3:8080");
        assertThat(backends(NODE_PORT)).isEmpty();

        table.nodes(new NodePortAddresses("one", OWN, Map.of("two", Set.of(Address.parse("10.0.0.22")))));
        assertThat(backends("10.0.0.22:30080")).containsExactly("10.244.2.3:8080");
        assertThat(table.translated().targets()).hasSize(3);
    }

    /** As while a node that was renamed still has its old object. */
    @Test
    void anAddressThatTwoNodesClaimIsThisNodes() {
        table.nodes(new NodePortAddresses("one", OWN, Map.of("old", OWN)));
        web(false, true);
        slice("1", ready("10.244.2.3", "old"));

        assertThat(table.translated().targets()).hasSize(2);
        assertThat(table.translated().nodes().get(Address.parse("10.0.0.1"))).isEqualTo(ServiceNode.THIS);
    }

    /** As many addresses, or endpoints, as fit: those that were there first. */
    @Test
    void whatDoesNotFitIsRefusedByNameAndTakesNothingFromOlderServices() {
        ServiceTable small = new ServiceTable("one", new ServiceBudget(3, 4, 3));
        service(small, "old", "10.96.0.1", "2026-01-01T00:00:00Z", false, false);
        service(small, "new", "10.96.0.2", "2026-03-01T00:00:00Z", false, false);
        endpoints(small, "old", 2);
        endpoints(small, "new", 2);
        assertThat(refused(small)).isEmpty();

        service(small, "a-third", "10.96.0.3", "2026-02-01T00:00:00Z", false, false);
        endpoints(small, "a-third", 1);
        assertThat(refused(small)).containsOnlyKeys("shop/new");
        assertThat(small.translated().targets())
                .extractingFromEntries(entry -> entry.getKey().address().toString())
                .containsExactlyInAnyOrder("10.96.0.1", "10.96.0.3");
        assertThat(refused(small).get("shop/new"))
                .isEqualTo("older Services left room for 1 addresses and 1 endpoints, it needs 1 and 2");

        endpoints(small, "a-third", 4);
        assertThat(refused(small))
                .containsExactly(Map.entry("shop/a-third", "4 endpoints of one port are more than 3"));
        small.serviceGone("shop/a-third");
        assertThat(refused(small)).isEmpty();
        service(small, "fourth", "10.96.0.4", "2026-04-01T00:00:00Z", false, false);
        service(small, "fifth", "10.96.0.5", "2026-05-01T00:00:00Z", false, false);
        assertThat(refused(small)).containsOnlyKeys("shop/fifth");
    }

    @Test
    void theBudgetFitsTheKernelsMapsWhileAServiceChanges() {
        ServiceBudget budget = ServiceBudget.OF_THE_KERNEL_MAPS;

        assertThat(budget.addresses()).isLessThanOrEqualTo(KernelMap.SERVICES.maxEntries());
        assertThat(budget.backends() + budget.backendsOfOne()).isLessThanOrEqualTo(KernelMap.BACKENDS.maxEntries());
        assertThat(budget.backends() + budget.backendsOfOne()).isLessThanOrEqualTo(KernelMap.MEMBERS.maxEntries());
    }

    private static Map<String, String> refused(ServiceTable table) {
        table.translated();
        return table.refused();
    }

    private static void endpoints(ServiceTable table, String service, int number) {
        List<Endpoint> endpoints = IntStream.range(0, number)
                .mapToObj(last -> ready("10.244.1." + last, "one"))
                .toList();
        table.slice(
                "shop/" + service + "-1",
                new Slice("shop/" + service, Map.of(ServiceTable.portKey("http", 6), 8080), endpoints));
    }

    @Test
    void aDeletedServiceIsGoneAndNothingChangesTwice() {
        web(false, false);
        assertThat(table.translated()).isSameAs(table.translated());

        table.serviceGone("shop/web");
        assertThat(table.translated().targets()).isEmpty();
    }

    private void web(boolean internalLocal, boolean externalLocal) {
        service(table, "web", "10.96.0.5", "", internalLocal, externalLocal);
    }

    private static void service(
            ServiceTable table,
            String name,
            String address,
            String created,
            boolean internalLocal,
            boolean externalLocal) {
        table.service(
                "shop/" + name,
                new Service(
                        created,
                        List.of(Address.parse(address)),
                        List.of(new Port("http", 80, 6, name.equals("web") ? 30080 : 0)),
                        0,
                        internalLocal,
                        externalLocal));
    }

    private void slice(String name, Endpoint... endpoints) {
        table.slice(
                "shop/web-" + name,
                new Slice("shop/web", Map.of(ServiceTable.portKey("http", 6), 8080), List.of(endpoints)));
    }

    private static Endpoint ready(String address, String node) {
        return new Endpoint(Address.parse(address), true, false, node);
    }

    private static Endpoint ending(String address, String node) {
        return new Endpoint(Address.parse(address), false, true, node);
    }

    private Stream<String> backends(String service) {
        return target(service).backends().stream().map(ServiceTableTest::text);
    }

    private ServiceTarget target(String service) {
        return table.translated().targets().entrySet().stream()
                .filter(entry -> text(entry.getKey()).equals(service))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(service + " leads nowhere"));
    }

    private static String text(Backend backend) {
        return backend.address() + ":" + backend.port();
    }

    private static String text(ServiceAddress service) {
        return service.address() + ":" + service.port();
    }
}
