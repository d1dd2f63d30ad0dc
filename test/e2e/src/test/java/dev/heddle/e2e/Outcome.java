package dev.heddle.e2e;

/** What one attempt to connect ended in. Policy must answer with silence, never with an error. */
enum Outcome {
    ANSWERED,
    TIMED_OUT,
    FAILED
}
