package dev.heddle.policy.compile;

/**
 * What a flow gets.
 *
 * @param accepted or else denied
 * @param rule number of the deciding rule for {@link Image#rule}; 0 when no rule decided
 */
public record Verdict(boolean accepted, int rule) {

    /** As the kernel's cell: action in bits 31..30 (0 deny, 1 allow), rule number in bits 23..0. */
    public int cell() {
        return (accepted ? 1 << 30 : 0) | rule;
    }

    static Verdict ofCell(int cell) {
        return new Verdict(accepts(cell), ruleOf(cell));
    }

    static int ruleOf(int cell) {
        return cell & 0xff_ffff;
    }

    static boolean accepts(int cell) {
        return cell >>> 30 == 1;
    }
}
