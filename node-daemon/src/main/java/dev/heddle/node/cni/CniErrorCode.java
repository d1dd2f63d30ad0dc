package dev.heddle.node.cni;

/** Error codes of the CNI specification 1.1.0, section "Error"; from 100 on they are the plugin's own. */
public enum CniErrorCode {
    INCOMPATIBLE_VERSION(1),
    UNKNOWN_CONTAINER(3),
    INVALID_ENVIRONMENT(4),
    UNDECODABLE(6),
    INVALID_CONFIG(7),
    TRY_AGAIN(11),
    NOT_AVAILABLE(50),
    /** CHECK found the attachment without its programs or with others. */
    NOT_PROTECTED(100),
    /** The daemon failed in a way it did not expect. */
    INTERNAL(101);

    private final int number;

    CniErrorCode(int number) {
        this.number = number;
    }

    /** The number that goes into the error's {@code code}. */
    public int number() {
        return number;
    }
}
