package dev.heddle.policy.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A distinct set of (namespace, security-relevant pod labels, named container ports). Named by the SHA-256
 * of its canonical form, so nobody allocates it and nobody can forge its content.
 */
public record Identity(String namespace, SortedMap<String, String> labels, List<NamedPort> ports) {

    public Identity {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        ports = ports.stream().distinct().sorted().toList();
    }

    /** The identity of a pod. */
    public static Identity of(String namespace, Map<String, String> podLabels, List<NamedPort> ports) {
        return new Identity(namespace, IdentityLabels.of(podLabels), ports);
    }

    /** Lower-case hexadecimal SHA-256 of {@link #canonical()}; the name of the Identity object. */
    public String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(canonical().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * The canonical form: one line for the namespace, each label and each port, in order. Names and label
     * values hold no line breaks (Kubernetes API conventions), so two identities never share a form.
     */
    String canonical() {
        StringBuilder form = new StringBuilder("namespace ").append(namespace).append('\n');
        labels.forEach((key, value) ->
                form.append("label ").append(key).append('=').append(value).append('\n'));
        ports.forEach(port -> form.append("port ")
                .append(port.name())
                .append(' ')
                .append(port.protocol())
                .append(' ')
                .append(port.port())
                .append('\n'));
        return form.toString();
    }
}
