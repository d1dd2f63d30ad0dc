package dev.heddle.cli.cluster;

import dev.heddle.crds.Api;
import dev.heddle.crds.ClusterNetworkPolicy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the API server keeps the kinds that are read here. */
final class Paths {

    private static final String CORE = "/api/v1";
    private static final String HEDDLE = "/apis/" + Api.GROUP + "/" + Api.VERSION;

    static final String NODES = CORE + "/nodes";
    static final String PODS = CORE + "/pods";
    static final String NAMESPACES = CORE + "/namespaces";
    static final String CLUSTER_NETWORK_POLICIES = "/apis/" + ClusterNetworkPolicy.GROUP + "/"
            + ClusterNetworkPolicy.VERSION + "/" + ClusterNetworkPolicy.PLURAL;
    static final String NODE_ENDPOINTS = HEDDLE + "/nodeendpoints";
    static final String NETWORK_POLICIES = "/apis/networking.k8s.io/v1/networkpolicies";
    static final String HEDDLES = HEDDLE + "/heddles";
    static final String NODE_STATES = HEDDLE + "/nodestates";
    static final String REPORTS = HEDDLE + "/enforcementreports";

    private Paths() {}

    /** A query for objects with this value in a field that the API server can select by. */
    static String withField(String field, String value) {
        return "fieldSelector=" + URLEncoder.encode(field + "=" + value, StandardCharsets.UTF_8);
    }

    static String withLabel(String label, String value) {
        return "labelSelector=" + URLEncoder.encode(label + "=" + value, StandardCharsets.UTF_8);
    }

    /** The same kind in one namespace. */
    static String in(String namespace, String kind) {
        int last = kind.lastIndexOf('/');
        return kind.substring(0, last) + "/namespaces/" + namespace + kind.substring(last);
    }
}
