package dev.heddle.cli.cluster;

import dev.heddle.crds.Api;

/** Where the API server keeps the kinds that are read here. */
final class Paths {

    private static final String CORE = "/api/v1";
    private static final String HEDDLE = "/apis/" + Api.GROUP + "/" + Api.VERSION;

    static final String NODES = CORE + "/nodes";
    static final String NETWORK_POLICIES = "/apis/networking.k8s.io/v1/networkpolicies";
    static final String HEDDLES = HEDDLE + "/heddles";
    static final String NODE_STATES = HEDDLE + "/nodestates";
    static final String REPORTS = HEDDLE + "/enforcementreports";

    private Paths() {}

    /** The same kind in one namespace. */
    static String in(String namespace, String kind) {
        int last = kind.lastIndexOf('/');
        return kind.substring(0, last) + "/namespaces/" + namespace + kind.substring(last);
    }
}
