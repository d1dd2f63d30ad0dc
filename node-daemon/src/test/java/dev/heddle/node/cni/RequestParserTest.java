package dev.heddle.node.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestParserTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "CNI_CONTAINERID", "c1",
            "CNI_NETNS", "/run/netns/x",
            "CNI_IFNAME", "eth0",
            "CNI_ARGS", "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-1;K8S_POD_UID=u-1");
    private static final String BRIDGE_RESULT = """
            {"cniVersion": "1.0.0",
             "interfaces": [{"name": "cni0", "mac": "aa:aa:aa:aa:aa:aa"},
                            {"name": "veth1", "mac": "bb:bb:bb:bb:bb:bb"},
                            {"name": "eth0", "mac": "cc:cc:cc:cc:cc:cc", "sandbox": "/run/netns/x"}],
             "ips": [{"interface": 2, "address": "10.1.0.7/24", "gateway": "10.1.0.1"},
                     {"interface": 2, "address": "fd00::7/64"},
                     {"interface": 0, "address": "10.1.0.1/24"}]}""";

    @Test
    void addNamesThePodItsAddressesAndTheCandidatesForItsHostSide() throws CniException {
        CniRequest request = parse("ADD", "\"timeoutSeconds\": 7, \"prevResult\": " + BRIDGE_RESULT);

        assertThat(request).isInstanceOfSatisfying(CniRequest.Add.class, add -> {
            assertThat(add.attachment())
                    .isEqualTo(new Attachment(
                            new AttachmentId("c1", "eth0"),
                            Path.of("/run/netns/x"),
                            new PodRef("shop", "web-1", "u-1"),
                            "cc:cc:cc:cc:cc:cc",
                            List.of(
                                    new HostDevice("cni0", "aa:aa:aa:aa:aa:aa"),
                                    new HostDevice("veth1", "bb:bb:bb:bb:bb:bb")),
                            List.of(InetAddress.ofLiteral("10.1.0.7"), InetAddress.ofLiteral("fd00::7"))));
            assertThat(add.bound()).isEqualTo(Duration.ofSeconds(7));
        });
    }

    @Test
    void anAddressWithoutInterfaceIndexIsThePods() throws CniException {
        CniRequest request = parse("CHECK", "\"prevResult\": {\"ips\": [{\"address\": \"10.1.0.8/16\"}]}");

        assertThat(request)
                .isInstanceOfSatisfying(
                        CniRequest.Check.class,
                        check -> assertThat(check.attachment().addresses())
                                .containsExactly(InetAddress.ofLiteral("10.1.0.8")));
    }

    @Test
    void delNeedsNeitherNamespaceNorPodNorResult() throws CniException {
        Map<String, String> few = Map.of("CNI_COMMAND", "DEL", "CNI_CONTAINERID", "c1", "CNI_IFNAME", "eth0");
        var raw = new WireFormat.Request(few, "{\"cniVersion\": \"1.1.0\"}");

        assertThat(new RequestParser(raw).parse()).isEqualTo(new CniRequest.Del(new AttachmentId("c1", "eth0")));
    }

    @Test
    void gcKeepsWhatTheRuntimeNames() throws CniException {
        CniRequest request =
                parse("GC", "\"cni.dev/valid-attachments\": [{\"containerID\": \"c9\", \"ifname\": \"eth1\"}]");

        assertThat(request).isEqualTo(new CniRequest.Gc(Set.of(new AttachmentId("c9", "eth1"))));
    }

    @Test
    void gcWithAnEmptyListAsGoWritesIt() throws CniException {
        assertThat(parse("GC", "\"cni.dev/valid-attachments\": null")).isEqualTo(new CniRequest.Gc(Set.of()));
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ADD    | "cniVersion": "0.2.0" | 1 | cniVersion "0.2.0" is not supported
                    ADD    | "x": 1                | 7 | no prevResult
                    ADD    | "prevResult": {}      | 7 | no address
                    ADD    | "prevResult": {"ips": [{"address": "shop/24"}]} | 7 | "shop/24" as an address
                    GC     | "x": 1                | 7 | cni.dev/valid-attachments
                    RESTART| "x": 1                | 4 | CNI_COMMAND "RESTART" is not known
                    """)
    void refusals(String command, String config, int code, String message) {
        assertThatThrownBy(() -> parse(command, config))
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> assertThat(e.outcome()).isInstanceOfSatisfying(CniOutcome.Failed.class, failed -> {
                            assertThat(failed.code().number()).isEqualTo(code);
                            assertThat(failed.message()).contains(message);
                        }));
    }

    @ParameterizedTest
    @CsvSource({"CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME", "CNI_ARGS"})
    void everyVariableIsNeeded(String missing) {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("CNI_COMMAND", "ADD");
        environment.remove(missing);
        var raw = new WireFormat.Request(
                environment, "{\"cniVersion\": \"1.0.0\", \"prevResult\": " + BRIDGE_RESULT + "}");

        assertThatThrownBy(() -> new RequestParser(raw).parse()).hasMessageContaining(missing);
    }

    /** A later member of the same name wins, as in every JSON reader here. */
    private static CniRequest parse(String command, String members) throws CniException {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("CNI_COMMAND", command);
        String config = "{\"cniVersion\": \"1.0.0\", \"name\": \"pods\", " + members + "}";
        return new RequestParser(new WireFormat.Request(environment, config)).parse();
    }
}
