package dev.heddle.node.bench.policy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** nftables at its best: all rules in one verdict map from (address, port), a hash table. */
record NftMap() implements Way {
    @Override
    public String label() {
        return "nftables map";
    }

    @Override
    public String lane() {
        return "nft";
    }

    @Override
    public AutoCloseable enforce(Lane lane, Workload workload, boolean stateful) {
        String elements = IntStream.range(0, workload.peers())
                .mapToObj(peer -> Workload.address(peer) + " . " + Workload.PORT + " : accept")
                .collect(Collectors.joining(",\n"));
        lane.feed(
                """
                table ip rules {
                  map allowed {
                    type ipv4_addr . inet_service : verdict
                    elements = { %s }
                  }
                  chain input {
                    type filter hook input priority 0;
                    iifname != "%s" accept
                    %s
                    ip daddr . tcp dport vmap @allowed
                    drop
                  }
                }
                """.formatted(elements, Lane.DEVICE, stateful ? "ct state established,related accept" : ""),
                "nft",
                "-f",
                "-");
        return () -> lane.feed("", "nft", "delete", "table", "ip", "rules");
    }
}
