package dev.heddle.crds.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * One end of a flow.
 *
 * @param address of the packet; of a flow to a Service the backend's
 * @param port 0 where the protocol has none; of a ping's sender its id
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FlowEnd(String address, int port, Party who) {}
