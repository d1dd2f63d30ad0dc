package dev.heddle.node.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.cni.Attachment;
import dev.heddle.node.cni.AttachmentId;
import dev.heddle.node.cni.HostDevice;
import dev.heddle.node.cni.PodRef;
import dev.heddle.node.desired.PodInterface;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a node with bridge br0 and the veth of one pod, veth7. */
class HostDevicesTest {

    @TempDir
    Path sysfs;

    @BeforeEach
    void devices() throws IOException {
        device("br0", 3, 3);
        device("veth7", 7, 2);
    }

    private void device(String name, int ifindex, int iflink) throws IOException {
        Path folder = Files.createDirectory(sysfs.resolve(name));
        Files.writeString(folder.resolve("ifindex"), ifindex + "\n");
        Files.writeString(folder.resolve("iflink"), iflink + "\n");
    }

    @ParameterizedTest(name = "{0} are {1}")
    @CsvSource({
        "10.244.1.7, 10.244.1.7",
        "fd00::7, fd00::7",
        "10.244.1.7 fd00::7, 10.244.1.7 and fd00::7",
        "fd00::7 10.244.1.7, 10.244.1.7 and fd00::7",
        "fe80::7 fd00::7, fd00::7",
        "10.244.1.7 10.244.1.8 fd00::7 fd00::8, 10.244.1.7 and fd00::7"
    })
    void aPodSpeaksFromOneAddressOfEachFamily(String given, String taken) {
        PodInterface found = resolve(given).orElseThrow();

        assertThat(found.addresses()).hasToString(taken);
        assertThat(found.ifindex()).isEqualTo(7);
    }

    @Test
    void aLinkLocalAddressAloneIsNone() {
        assertThat(resolve("fe80::7")).isEmpty();
    }

    private Optional<PodInterface> resolve(String addresses) {
        List<InetAddress> parsed =
                Stream.of(addresses.split(" ")).map(InetAddress::ofLiteral).toList();
        Attachment attachment = new Attachment(
                new AttachmentId("s1", "eth0"),
                Path.of("/run/netns/s1"),
                new PodRef("shop", "web", "u1"),
                null,
                List.of(new HostDevice("br0", null), new HostDevice("veth7", null)),
                parsed);
        return new HostDevices(sysfs).resolve(attachment);
    }
}
