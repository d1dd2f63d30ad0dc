package dev.heddle.node.cni;

/**
 * What the plugin's entry in the network configuration says.
 *
 * @param socket the daemon's socket, as the host sees it
 * @param timeoutSeconds how long a pod may wait for its policy
 */
public record PluginSettings(String socket, int timeoutSeconds) {
    public static final PluginSettings DEFAULTS = new PluginSettings("/run/heddle/cni.sock", 30);
}
