package dev.heddle.node.cni;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A node and a pod as network namespaces, and the CNI project's {@code cnitool} as the node's runtime. Bridges and
 * devices are made in the node's namespace and go with it.
 */
final class CniNode implements AutoCloseable {
    static final String NETWORK = "heddle-cni-test";
    private static final String NODE = "heddle-cni-node";
    private static final String POD = "heddle-cni-pod";

    final Path confDir;
    final Path binDir;

    CniNode(Path folder) throws IOException {
        confDir = Files.createDirectories(folder.resolve("net.d"));
        binDir = Files.createDirectories(folder.resolve("bin"));
        close(); // what an earlier run left
        execute("ip", "netns", "add", NODE).orFail();
        execute("ip", "netns", "add", POD).orFail();
        execute("ip", "-n", NODE, "link", "set", "lo", "up").orFail();
        Files.writeString(confDir.resolve("10-base.conflist"), """
                {"cniVersion": "1.1.0", "name": "%s", "plugins": [
                  {"type": "bridge", "bridge": "cni0", "isGateway": true,
                   "ipam": {"type": "host-local", "dataDir": "%s", "subnet": "10.99.0.0/24"}}]}""".formatted(NETWORK, folder.resolve("ipam")));
    }

    /** What a program printed; cnitool prints errors as JSON in a line of their own. */
    record Run(int exitCode, String output) {
        Run orFail() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ": " + output);
            }
            return this;
        }

        JsonNode json() throws IOException {
            return RequestParser.JSON.readTree(output);
        }
    }

    /** @param command add, check, del, gc or status */
    Run cnitool(String command) {
        String args = "CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-1;K8S_POD_UID=u-1";
        return execute(
                "ip",
                "netns",
                "exec",
                NODE,
                "env",
                "NETCONFPATH=" + confDir,
                "CNI_PATH=" + binDir + ":" + plugins(),
                args,
                "cnitool",
                command,
                NETWORK,
                "/run/netns/" + POD);
    }

    /** Whether the node has this device and the kernel calls it a veth. */
    boolean hasVeth(String name) {
        Run run = execute("ip", "-n", NODE, "-d", "link", "show", "dev", name);
        return run.exitCode() == 0 && run.output().contains("veth");
    }

    private static String plugins() {
        return Optional.ofNullable(System.getenv("HEDDLE_CNI_PLUGINS"))
                .orElseThrow(() -> new AssertionError("HEDDLE_CNI_PLUGINS is not set: eval \"$(hack/env.sh)\" first"));
    }

    private static Run execute(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException e) {
            throw new AssertionError(String.join(" ", command) + " does not run", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        execute("ip", "netns", "del", POD);
        execute("ip", "netns", "del", NODE);
    }
}
