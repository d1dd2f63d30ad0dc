package dev.heddle.node.netns;

import dev.heddle.node.desired.ServiceTable;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Kernel;
import dev.heddle.policy.identity.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A daemon as a process of its own that dies when it is told to, just before its n-th operation on the kernel. It counts the
 * calls of the port, whatever they are, so that an operation which is new to the port is one more.
 */
final class FaultyDaemon {

    /** What does not change what is in force: reading it, and what comes after every plan. */
    private static final Set<String> NO_OPERATIONS = Set.of("observe", "collect", "close");

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int TCP = 6;

    private final SmallDaemon daemon;
    private final List<String> done = new ArrayList<>();
    private int dieAt;

    private FaultyDaemon(Path pins, Path group) {
        daemon = new SmallDaemon(pins, Optional.of(group), this::counted);
    }

    /**
     * Commands come line by line: what to put into force, and before which operation to die, 0 for none. The answer names the
     * operations that it took.
     *
     * @param arguments folder of the pins, control group
     */
    public static void main(String... arguments) throws IOException {
        FaultyDaemon faulty = new FaultyDaemon(Path.of(arguments[0]), Path.of(arguments[1]));
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                faulty.done.clear();
                faulty.dieAt = Integer.parseInt(words[1]);
                faulty.enforce(words[0]);
                System.out.println(String.join(" ", faulty.done));
            }
        }
    }

    /** Every operation of the kernel's port, as it is named in answers. */
    static Set<String> operations() {
        return Stream.of(Kernel.class.getDeclaredMethods())
                .filter(FaultyDaemon::isOperation)
                .map(FaultyDaemon::name)
                .collect(Collectors.toSet());
    }

    private void enforce(String what) {
        switch (what) {
            case "senders" -> {
                Stream.of(TwoPods.C, TwoPods.D).forEach(daemon::knows);
                around(TwoPods.HOST, HTTP);
                peer(TwoPods.A);
                daemon.enforce(TestPolicies.named(what));
            }
            case "receivers" -> {
                daemon.audit();
                daemon.knows(TwoPods.C);
                daemon.forgets(TwoPods.D);
                around("10.199.77.200", HTTPS);
                daemon.enforce(TestPolicies.named(what));
            }
            case "another-peer" -> {
                peer(TwoPods.B);
                daemon.settle();
            }
            default -> throw new IllegalArgumentException(what);
        }
    }

    /** An address that is the node's, and a service. */
    private void around(String address, int port) {
        daemon.nodeAddresses(address);
        daemon.world()
                .services()
                .service(
                        "shop/db",
                        new ServiceTable.Service(
                                "",
                                List.of(Address.parse("10.99.0.7")),
                                List.of(new ServiceTable.Port("", port, TCP, 0)),
                                0,
                                false,
                                false));
    }

    /** Another node's pod is like one of ours. */
    private void peer(TwoPods.Pod like) {
        Identity identity = Identity.of("shop", Map.of("app", like.name()), List.of());
        daemon.world().peers().identity(identity);
        daemon.world().peers().claims("two", Map.of(Address.parse("10.199.77.50"), identity.hash()));
    }

    private Kernel counted(Kernel kernel) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    if (isOperation(method)) {
                        if (done.size() + 1 == dieAt) {
                            Runtime.getRuntime().halt(KILLED);
                        }
                        done.add(name(method));
                    }
                    try {
                        return method.invoke(kernel, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What a shell says of a process that was killed. */
    static final int KILLED = 137;

    private static boolean isOperation(Method method) {
        return !NO_OPERATIONS.contains(method.getName());
    }

    private static String name(Method method) {
        return method.getName()
                + Stream.of(method.getParameterTypes())
                        .limit(1)
                        .map(Class::getSimpleName)
                        .toList();
    }
}
