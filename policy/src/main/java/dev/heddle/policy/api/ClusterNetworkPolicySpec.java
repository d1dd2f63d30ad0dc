package dev.heddle.policy.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a {@code ClusterNetworkPolicy} of {@code policy.networking.k8s.io/v1alpha2}, both channels: the standard
 * one has neither {@code nodes} nor {@code domainNames}. Anything may be absent; what that means is for the translation
 * to say.
 *
 * @param tier {@code Admin} or {@code Baseline}
 * @param priority 0 to 1000, lower first
 * @param unknown fields of this level that are not known; each record here has its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterNetworkPolicySpec(
        @Nullable String tier,
        @Nullable Integer priority,
        @Nullable PolicySubject subject,
        @Nullable List<IngressRule> ingress,
        @Nullable List<EgressRule> egress,
        @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {

    /** The pods that the policy is about; exactly one of the fields is set. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PolicySubject(
            @Nullable LabelSelector namespaces,
            @Nullable NamespacedPod pods,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}

    /** Pods by namespace and labels. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NamespacedPod(
            @Nullable LabelSelector namespaceSelector,
            @Nullable LabelSelector podSelector,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}

    /**
     * What happens to traffic to the subject.
     *
     * @param action {@code Accept}, {@code Deny} or {@code Pass}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record IngressRule(
            @Nullable String name,
            @Nullable String action,
            @Nullable List<IngressPeer> from,
            @Nullable List<ProtocolMatch> protocols,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}

    /**
     * What happens to traffic from the subject.
     *
     * @param action {@code Accept}, {@code Deny} or {@code Pass}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EgressRule(
            @Nullable String name,
            @Nullable String action,
            @Nullable List<EgressPeer> to,
            @Nullable List<ProtocolMatch> protocols,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}

    /** A source; exactly one of the fields is set. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record IngressPeer(
            @Nullable LabelSelector namespaces,
            @Nullable NamespacedPod pods,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}

    /** A destination; exactly one of the fields is set. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EgressPeer(
            @Nullable LabelSelector namespaces,
            @Nullable NamespacedPod pods,
            @Nullable LabelSelector nodes,
            @Nullable List<String> networks,
            @Nullable List<String> domainNames,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}

    /** What a rule asks of the protocol; exactly one of the fields is set. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProtocolMatch(
            @Nullable Ports tcp,
            @Nullable Ports udp,
            @Nullable Ports sctp,
            @Nullable String destinationNamedPort,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}

    /** Ports of one protocol. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ports(
            @Nullable Port destinationPort,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}

    /** A port or a range of ports; exactly one of the fields is set. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Port(
            @Nullable Integer number,
            @Nullable PortRange range,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}

    /** The ports {@code start} to {@code end}, both included. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PortRange(
            @Nullable Integer start,
            @Nullable Integer end,
            @JsonAnySetter @JsonAnyGetter @Nullable Map<String, Object> unknown) {}
}
