package dev.heddle.operator.index;

/**
 * Order of resource versions of one object, which are numbers that grow (Kubernetes enhancement 5504,
 * "comparable resource version").
 */
final class Versions {

    private Versions() {}

    /** Whether {@code a} is surely older than {@code b}. */
    static boolean older(String a, String b) {
        return number(a) && number(b) && (a.length() < b.length() || (a.length() == b.length() && a.compareTo(b) < 0));
    }

    private static boolean number(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }
}
