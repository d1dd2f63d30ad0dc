package dev.heddle.cli;

import java.util.List;

/** One run of every command in one process: the build makes the AOT cache from it, by which the plugin starts fast. */
public final class Rehearsal {

    private static final List<String> COMMANDS = List.of(
            "status %s",
            "status %s -o wide",
            "status %s -o json",
            "explain web-1 api-1 %s",
            "explain web-1 world --port 443 --no-live %s -o yaml",
            "whatif --delete networkpolicy/shop/web %s",
            "__complete %s explain shop/",
            "--help");

    private static final int ERROR = 3;

    private Rehearsal() {}

    /**
     * Fails when a command has no answer.
     *
     * @param arguments the kubeconfig of a cluster or of a stage
     */
    public static void main(String[] arguments) {
        for (String command : COMMANDS) {
            String[] words =
                    command.replace("%s", "--kubeconfig " + arguments[0]).split(" ", -1);
            if (Main.run(words) == ERROR) {
                throw new IllegalStateException("no answer to: " + command);
            }
        }
    }
}
