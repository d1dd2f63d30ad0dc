package dev.heddle.policy.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects are read and written without loss, whichever fields they have. */
class ClusterNetworkPolicySpecTest {

    private static final YAMLMapper MAPPER = new YAMLMapper();

    @ParameterizedTest
    @ValueSource(strings = {"""
        tier: Admin
        priority: 0
        subject: {namespaces: {}}
        """, """
        tier: Baseline
        priority: 1000
        subject:
          pods:
            namespaceSelector: {matchExpressions: [{key: a, operator: In, values: [b, c]}, {key: d, operator: Exists}]}
            podSelector: {matchLabels: {app: web}}
        ingress:
        - name: everything an ingress rule can have
          action: Accept
          from:
          - namespaces: {}
          - namespaces: {matchLabels: {team: a}}
          - pods: {podSelector: {}}
          - pods: {namespaceSelector: {}, podSelector: {matchExpressions: [{key: x, operator: DoesNotExist}]}}
          protocols:
          - tcp: {destinationPort: {number: 1}}
          - udp: {destinationPort: {range: {start: 1, end: 65535}}}
          - sctp: {destinationPort: {number: 65535}}
          - destinationNamedPort: http
        egress:
        - name: everything an egress rule can have
          action: Pass
          to:
          - namespaces: {matchExpressions: [{key: x, operator: NotIn, values: [y]}]}
          - pods: {podSelector: {matchLabels: {app: db}}}
          - nodes: {}
          - nodes: {matchLabels: {role: control}}
          - networks: [10.0.0.0/8, 'fd00::/8', 192.0.2.1/24]
          - domainNames: ['*.example.org', example.org.]
          protocols:
          - tcp: {destinationPort: {range: {start: 80, end: 443}}}
        - action: Deny
          to: [{namespaces: {}}]
        """, """
        tier: Admin
        priority: 1
        subject: {vms: {os: any}}
        ingress: []
        egress:
        - action: Log
          sampling: 7
          to:
          - {}
          - services: {name: x}
          - pods: {podSelector: {}, serviceAccounts: [a]}
          protocols:
          - {}
          - icmp: {type: 8}
          - tcp: {sourcePort: 1, destinationPort: {name: x, range: {start: 1, end: 2, step: 3}}}
        expires: never
        """})
    void nothingIsLost(String yaml) throws JsonProcessingException {
        JsonNode written = MAPPER.readTree(yaml);
        ClusterNetworkPolicySpec read = MAPPER.treeToValue(written, ClusterNetworkPolicySpec.class);
        assertThat(MAPPER.<JsonNode>valueToTree(read)).isEqualTo(written);
        assertThat(MAPPER.readValue(MAPPER.writeValueAsString(read), ClusterNetworkPolicySpec.class))
                .isEqualTo(read);
    }
}
