package dev.heddle.crds.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.heddle.policy.rule.Direction;

/**
 * A flow at one of its ends: may it start?
 *
 * @param namespace of the pod at this end, which runs on the node that is asked
 * @param direction of the flow's first packet, seen from the pod
 * @param address of the other end, without a length; this node's own address as a sender stands for the node itself
 * @param protocol IANA number
 * @param port destination port; 0 for protocols without ports
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LiveQuestion(String namespace, String pod, Direction direction, String address, int protocol, int port) {}
