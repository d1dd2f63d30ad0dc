package dev.heddle.node.ffm.netlink;

/** Ports from the first to the last, both included. */
public record PortRange(int first, int last) {

    /** What Linux has unless somebody changed it. */
    public static final PortRange USUAL = new PortRange(32768, 60999);

    /** Reads {@code FIRST LAST}, as the kernel writes it. */
    static PortRange parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        return new PortRange(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }
}
