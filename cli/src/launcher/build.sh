#!/bin/sh
# Puts the plugin together: build.sh TARGET JAR. TARGET/kubectl-heddle is what runs, TARGET/lib what it needs: JAR, the
# jars of TARGET/dependency, and an AOT cache, made by running every command against a stage that plays the API server.
set -eu
target=$1 jar=$2
launcher=$(cd "$(dirname "$0")" && pwd)
work=$target/rehearsal

fingerprint() {
  {
    cat "$launcher"/* "$target"/dependency/*.jar "$jar" "$JAVA_HOME/release"
    find "$target/test-classes/dev/heddle/cli/stage" -type f | sort | xargs cat
  } | sha256sum
}

assemble() {
  rm -rf "${target:?}/lib" "$work"
  mkdir -p "$target/lib" "$work"
  cp "$target"/dependency/*.jar "$jar" "$launcher/java.options" "$target/lib/"
  touch --date=2026-01-01T00:00:00Z "$target"/lib/*.jar # the cache knows its jars by their times
  echo "$JAVA_HOME" >"$target/lib/java-home"
  install -m 755 "$launcher/kubectl-heddle" "$launcher/kubectl_complete-heddle" "$target/"
}

rehearse() {
  "$JAVA_HOME/bin/keytool" -genkeypair -alias stage -keyalg RSA -keysize 2048 -dname CN=stage -ext san=ip:127.0.0.1 \
    -ext bc:c=ca:true -validity 1 -storetype PKCS12 -storepass rehearsal -keystore "$work/store.p12"
  class_path=
  for file in "$target"/lib/*.jar; do
    class_path=${class_path:+$class_path:}$file
  done
  # The stage runs the command behind its own arguments as soon as there is a kubeconfig for it.
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$target/test-classes:$class_path" \
    dev.heddle.cli.stage.Stage "$work/store.p12" rehearsal "$work/kubeconfig" \
    "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$target/lib/heddle.aot" @"$target/lib/java.options" -cp "$class_path" \
    dev.heddle.cli.Rehearsal "$work/kubeconfig"
}

now=$(fingerprint)
if [ "$now" != "$(cat "$target/lib/made-from" 2>/dev/null)" ]; then
  assemble
  if ! rehearse >"$work/log" 2>&1 || [ ! -s "$target/lib/heddle.aot" ]; then
    echo "kubectl-heddle: the rehearsal made no AOT cache; see $work/log" >&2
    exit 1
  fi
  rm -r "$work"
  echo "$now" >"$target/lib/made-from"
fi
