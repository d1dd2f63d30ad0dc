package dev.heddle.operator;

/** Sends signals, which Java does not. */
final class Signal {

    private Signal() {}

    /**
     * Sends it.
     *
     * @param name as kill(1) knows it
     */
    static void send(String name, ProcessHandle process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
