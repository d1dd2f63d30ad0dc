package dev.heddle.node.report;

import dev.heddle.node.apply.Applied;
import dev.heddle.node.desired.ServiceTable;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.loop.Round;
import dev.heddle.node.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which Services this node's kernel translates.
 *
 * @param hooked whether any process's connections pass the translation
 * @param addresses how many service addresses and ports it knows
 * @param refused what is not as it should be and why: by {@code Service namespace/name}, or the kernel's operation
 */
public record ServiceReport(boolean hooked, int addresses, Map<String, String> refused) {

    private static final int NAMED = 10;

    static ServiceReport of(Round round) {
        ServiceTable services = round.world().services();
        Map<String, String> refused = new TreeMap<>();
        services.refused().forEach((name, why) -> refused.put("Service " + name, why));
        for (Applied.Failed failed : round.failures()) {
            if (concerns(failed)) {
                refused.putIfAbsent(
                        what(failed.step(), services),
                        String.valueOf(failed.why().getMessage()));
            }
        }
        return new ServiceReport(
                !round.observed().sockets().isEmpty(),
                round.observed().services().targets().size(),
                Map.copyOf(refused));
    }

    /** Whether a failure is told here, and not as one of policy. */
    static boolean concerns(Applied.Failed failed) {
        return switch (failed.step()) {
            case Step.PutService put -> true;
            case Step.RemoveService remove -> true;
            case Step.PutServiceNode put -> true;
            case Step.RemoveServiceNode remove -> true;
            case Step.AttachSocket attach -> true;
            default -> false;
        };
    }

    private static String what(Step step, ServiceTable services) {
        return switch (step) {
            case Step.PutService(var address, var target) -> named(address, services);
            case Step.RemoveService(var address) -> named(address, services);
            case Step.PutServiceNode(var address, var node) -> "node ports at " + address;
            case Step.RemoveServiceNode(var address) -> "node ports at " + address;
            default -> "all Services";
        };
    }

    private static String named(ServiceAddress address, ServiceTable services) {
        return services.nameOf(address)
                .map(name -> "Service " + name)
                .orElse("service address " + address.address() + " port " + address.port());
    }

    /** All of it in one line; of very many only the first are named. */
    String text() {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(refused).forEach((what, why) -> {
            if (lines.size() < NAMED) {
                lines.add(what + ": " + why);
            }
        });
        int more = refused.size() - lines.size();
        return String.join("; ", lines) + (more > 0 ? "; and " + more + " more" : "");
    }
}
