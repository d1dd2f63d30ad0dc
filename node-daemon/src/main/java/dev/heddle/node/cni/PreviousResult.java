package dev.heddle.node.cni;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a result of the plugins before us says of the pod's interface (CNI specification 1.1.0, section "Success"; the
 * same since 0.3.0). An interface with a sandbox is the pod's, one without is on the host.
 */
final class PreviousResult {
    private PreviousResult() {}

    static Attachment attachment(AttachmentId id, Path netns, PodRef pod, JsonNode result) throws CniException {
        List<HostDevice> hostDevices = new ArrayList<>();
        String mac = null;
        int own = -1;
        JsonNode interfaces = result.path("interfaces");
        for (int i = 0; i < interfaces.size(); i++) {
            JsonNode each = interfaces.get(i);
            String name = each.path("name").asText("");
            if (!each.path("sandbox").asText("").isEmpty()) {
                if (name.equals(id.ifName())) {
                    own = i;
                    mac = text(each.path("mac"));
                }
            } else if (!name.isEmpty()) {
                hostDevices.add(new HostDevice(name, text(each.path("mac"))));
            }
        }
        return new Attachment(id, netns, pod, mac, hostDevices, addresses(result.path("ips"), own));
    }

    /** An address without an interface index belongs to the only interface there is. */
    private static List<InetAddress> addresses(JsonNode ips, int own) throws CniException {
        List<InetAddress> addresses = new ArrayList<>();
        for (JsonNode ip : ips) {
            JsonNode index = ip.path("interface");
            if (index.isMissingNode() || index.isNull() || own < 0 || index.asInt(-1) == own) {
                addresses.add(address(ip.path("address").asText("")));
            }
        }
        if (addresses.isEmpty()) {
            throw new CniException(CniErrorCode.INVALID_CONFIG, "prevResult gives the interface no address");
        }
        return addresses;
    }

    private static InetAddress address(String cidr) throws CniException {
        int slash = cidr.indexOf('/');
        try {
            return InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash));
        } catch (IllegalArgumentException e) {
            throw new CniException(CniErrorCode.INVALID_CONFIG, "prevResult has \"" + cidr + "\" as an address");
        }
    }

    private static @Nullable String text(JsonNode node) {
        String text = node.asText("");
        return text.isEmpty() ? null : text;
    }
}
