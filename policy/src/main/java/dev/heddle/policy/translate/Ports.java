package dev.heddle.policy.translate;

import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code networking.k8s.io/v1 NetworkPolicyPort}. */
final class Ports {

    private Ports() {}

    /** Empty stays empty: every port. Otherwise one match for each port that can be read, in order. */
    static List<PortMatch> read(@Nullable List<NetworkPolicyPort> read, Field field) {
        List<NetworkPolicyPort> ports = Lists.orEmpty(read);
        List<PortMatch> matches = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            port(ports.get(i), field.at(i)).ifPresent(matches::add);
        }
        return matches;
    }

    private static Optional<PortMatch> port(NetworkPolicyPort read, Field field) {
        field.rejectUnknown(read.getAdditionalProperties());
        Optional<Protocol> protocol = protocol(read.getProtocol(), field.at("protocol"));
        if (protocol.isEmpty()) {
            return Optional.empty();
        }
        IntOrString port = read.getPort();
        Integer endPort = read.getEndPort();
        if (port == null) {
            if (endPort != null) {
                field.at("endPort").reject("endPort needs a port that it ends");
                return Optional.empty();
            }
            return Optional.of(new PortMatch.AnyPort(protocol.get()));
        }
        Object value = port.getValue();
        return value instanceof Integer number
                ? range(protocol.get(), number, endPort, field)
                : named(protocol.get(), String.valueOf(value), endPort, field);
    }

    private static Optional<Protocol> protocol(@Nullable String text, Field field) {
        if (text == null || text.isEmpty()) {
            return Optional.of(Protocol.TCP);
        }
        for (Protocol protocol : Protocol.values()) {
            if (protocol.name().equals(text)) {
                return Optional.of(protocol);
            }
        }
        field.reject("'" + text + "' is no protocol; use TCP, UDP or SCTP");
        return Optional.empty();
    }

    private static Optional<PortMatch> range(Protocol protocol, int from, @Nullable Integer endPort, Field field) {
        if (from < 1 || from > 65535) {
            field.at("port").reject(from + " is no port; ports are 1 to 65535");
            return Optional.empty();
        }
        int to = endPort == null ? from : endPort;
        if (to < from || to > 65535) {
            field.at("endPort")
                    .reject(to + " cannot end a range that starts at " + from + "; use " + from + " to 65535");
            return Optional.empty();
        }
        return Optional.of(new PortMatch.Range(protocol, from, to));
    }

    private static Optional<PortMatch> named(Protocol protocol, String name, @Nullable Integer endPort, Field field) {
        if (!PortNames.isValid(name)) {
            field.at("port").reject("'" + name + "' is neither a port number nor a port name (RFC 6335)");
            return Optional.empty();
        }
        if (endPort != null) {
            field.at("endPort").reject("endPort cannot be used with the named port '" + name + "'; give a number");
            return Optional.empty();
        }
        return Optional.of(new PortMatch.Named(protocol, name));
    }
}
