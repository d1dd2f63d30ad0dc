# Sets JAVA_HOME to a JDK 25 wherever one is usually installed. Sourced, never run.
# shellcheck shell=bash
heddle_find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25*; do
    if [[ -n "$home" && -x "$home/bin/javac" ]] && "$home/bin/javac" -version 2>&1 | grep -q '^javac 25'; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

if ! JAVA_HOME="$(heddle_find_jdk)"; then
  echo "heddle: no JDK 25 found under JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman or ~/.jdks. Install one (for example the package temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME." >&2
  exit 1
fi
export JAVA_HOME
export PATH="$JAVA_HOME/bin:$PATH"
