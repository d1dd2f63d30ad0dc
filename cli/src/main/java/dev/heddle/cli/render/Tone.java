package dev.heddle.cli.render;

/** What a text says about its subject; a terminal shows it as a colour (ECMA-48, Select Graphic Rendition). */
public enum Tone {
    PLAIN(""),
    GOOD("32"),
    WARNING("33"),
    BAD("31"),
    STRONG("1"),
    FAINT("2");

    private final String parameter;

    Tone(String parameter) {
        this.parameter = parameter;
    }

    /** The text in this tone, or as it is where there are no colours. */
    public String paint(String text, boolean colours) {
        return !colours || parameter.isEmpty() || text.isEmpty() ? text : "\033[" + parameter + "m" + text + "\033[0m";
    }
}
