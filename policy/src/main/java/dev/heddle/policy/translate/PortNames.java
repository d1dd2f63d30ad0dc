package dev.heddle.policy.translate;

import java.util.regex.Pattern;

/** A port's name as in RFC 6335, 5.1. */
final class PortNames {

    private static final Pattern NAME =
            Pattern.compile("(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");

    private PortNames() {}

    static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }
}
