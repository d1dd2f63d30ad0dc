package dev.heddle.node.bench.policy;

import java.util.List;

/**
 * A list of rules, each with an ipset of its peers, as policy controllers on iptables have it.
 *
 * @param variant {@code legacy} or {@code nft}
 */
record Iptables(String variant) implements Way {
    @Override
    public String label() {
        return "iptables-" + variant;
    }

    @Override
    public String lane() {
        return "ipt-" + variant;
    }

    @Override
    public AutoCloseable enforce(Lane lane, Workload workload, boolean stateful) {
        StringBuilder sets = new StringBuilder();
        StringBuilder rules = new StringBuilder("*filter\n:policy -\n");
        if (stateful) {
            rules.append("-A INPUT -i " + Lane.DEVICE + " -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT\n");
        }
        rules.append("-A INPUT -i " + Lane.DEVICE + " -j policy\n");
        var peers = workload.peersByRule();
        for (int rule = 0; rule < workload.rules(); rule++) {
            String set = "rule" + rule;
            sets.append("create ").append(set).append(" hash:ip hashsize 64\n");
            for (int peer : peers.getOrDefault(rule, List.of())) {
                sets.append("add ")
                        .append(set)
                        .append(' ')
                        .append(Workload.address(peer))
                        .append('\n');
            }
            rules.append("-A policy -p tcp --dport " + Workload.PORT + " -m set --match-set ")
                    .append(set)
                    .append(" dst -j ACCEPT\n");
        }
        rules.append("-A policy -j DROP\nCOMMIT\n");
        lane.feed(sets.toString(), "ipset", "restore");
        lane.feed(rules.toString(), "iptables-" + variant + "-restore");
        return () -> {
            lane.feed("*filter\n:INPUT ACCEPT\nCOMMIT\n", "iptables-" + variant + "-restore");
            lane.feed("", "ipset", "destroy");
        };
    }
}
