#!/usr/bin/env bash
set -Eeuo pipefail
trap 'echo "images.sh: line $LINENO failed: $BASH_COMMAND" >&2' ERR
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'X'
Usage: hack/images.sh [--force] [node-daemon|operator]...

Writes target/images/node-daemon.tar and target/images/operator.tar, or only those named, from what Maven has built
(./mvnw package). No container engine and no registry: each image holds a Java runtime made by jlink, the shared
libraries that it needs from this machine's packages, Heddle, and an AOT cache made by running Heddle once.
Unchanged inputs are not built again; --force builds anyway.

Import with: ctr --namespace k8s.io images import target/images/NAME.tar
X
}

force=
images=()
for argument in "$@"; do
  case $argument in
    --force) force=yes ;;
    node-daemon | operator) images+=("$argument") ;;
    --help | -h) usage && exit 0 ;;
    *) echo "images.sh: unknown argument '$argument'; see --help" >&2 && exit 2 ;;
  esac
done
[[ ${#images[@]} -gt 0 ]] || images=(node-daemon operator)

# shellcheck source=lib/jdk.sh
source hack/lib/jdk.sh
# shellcheck source=lib/image.sh
source hack/lib/image.sh

VERSION=0.1.0
OUT=$PWD/target/images
mkdir -p "$OUT"

fail() { echo "images.sh: $*" >&2 && exit 1; }

# Flags of kubectl heddle explain's answerer. The daemon's are in node-daemon/java.options, the operator's in
# operator/java.options.
JAVA_FLAGS=(-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData)

# fingerprint INPUT...: a hash of the inputs, the JDK and the scripts that make images.
fingerprint() {
  { find "$@" hack/images.sh hack/lib/image.sh -type f -print0 | sort -z | xargs -0 sha256sum && cat "$JAVA_HOME/release"; } |
    sha256sum | cut -c1-64
}

# runtime ROOT MODULES: a Java runtime with these modules and the libraries that it needs. Made once for each list.
runtime() {
  local root=$1 modules=$2 made
  made=$OUT/runtime-$(printf '%s' "$modules $(<"$JAVA_HOME/release")" "$(<hack/lib/image.sh)" | sha256sum | cut -c1-12)
  if [[ ! -d $made ]]; then
    rm -rf "$made.new"
    "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --strip-native-commands \
      --no-header-files --no-man-pages --output "$made.new/runtime" 2>"$OUT/jlink.log" || fail "jlink failed: $(<"$OUT/jlink.log")"
    install -D -m 755 "$JAVA_HOME/bin/java" "$made.new/runtime/bin/java"
    image_libraries "$made.new" "$made.new/runtime/bin/java" "$made.new"/runtime/lib/*.so "$made.new"/runtime/lib/server/*.so
    mkdir -p "$made.new/etc"
    printf 'root:x:0:0:root:/:/none\nheddle:x:65532:65532:heddle:/:/none\n' >"$made.new/etc/passwd"
    printf 'hosts: files dns\n' >"$made.new/etc/nsswitch.conf"
    install -d -m 1777 "$made.new/tmp"
    mv "$made.new" "$made"
  fi
  cp -a "$made/." "$root/"
}

# train ROOT ARGUMENT...: runs java with these arguments in the image's root, so that it writes an AOT cache there.
# The cache is valid only under the same paths and file times, hence the root and the frozen times.
train() {
  local root=$1
  local -a as=()
  shift
  [[ $(id -u) == 0 ]] || as=(--map-root-user)
  mkdir "$root/proc" "$root/dev"
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare "${as[@]}" --mount sh -ec '
    root=$1
    shift
    mount --rbind /proc "$root/proc"
    mount --rbind /dev "$root/dev"
    echo $$ >"$root.pid"
    exec chroot "$root" /runtime/bin/java "$@"
  ' train "$root" "$@" </dev/null >"${root%.root}.train.log" 2>&1 || true # what counts is whether there is a cache
  rmdir "$root/proc" "$root/dev"
  find "$root/tmp" -mindepth 1 -delete
}

# certificate FILE: a key store with the stage's certificate, for 127.0.0.1, thrown away after the build.
certificate() {
  rm -f "$1"
  "$JAVA_HOME/bin/keytool" -genkeypair -alias rehearsal -keyalg EC -groupname secp256r1 -dname CN=rehearsal -ext san=ip:127.0.0.1 \
    -ext bc:c=ca:true -validity 1 -storetype PKCS12 -storepass rehearsal -keystore "$1" >"$OUT/keytool.log" 2>&1 ||
    fail "keytool failed: $(<"$OUT/keytool.log")"
}

NODE_DAEMON_MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.security.sasl,java.sql,java.xml,jdk.httpserver,jdk.unsupported

node_daemon() {
  local root=$OUT/node-daemon.root library
  rm -rf "$root"
  mkdir -p "$root/app/lib" "$root/rehearsal"
  runtime "$root" "$NODE_DAEMON_MODULES"
  library=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p | awk '$1 == "libbpf.so.1" && !found++ {print $NF}')
  [[ -n $library ]] || fail "libbpf.so.1 is missing; hack/install-deps.sh installs it"
  install -D -m 755 "$(readlink -f "$library")" "$root$library"
  image_libraries "$root" "$library"
  cp node-daemon/target/lib/*.jar "$root/app/lib/"
  mv "$root"/app/lib/heddle-*.jar "$root/app/"
  cp "node-daemon/target/heddle-node-daemon-$VERSION.jar" "$root/app/"
  {
    cat node-daemon/java.options
    printf -- '-cp %s\n' "$(cd "$root" && printf '/%s:' app/*.jar app/lib/*.jar)"
  } >"$root/app/java.options"
  # kubectl heddle explain runs this beside the daemon; a cache fits only flags like those that it was made with.
  {
    printf '%s\n' "${JAVA_FLAGS[@]}" -XX:TieredStopAtLevel=1 -Xmx32m --enable-native-access=ALL-UNNAMED -XX:AOTCache=/app/heddle.aot
    printf -- '-cp %s\n' "$(cd "$root" && printf '/%s:' app/*.jar app/lib/*.jar)"
    printf 'dev.heddle.node.query.Ask\n'
  } >"$root/app/ask"
  certificate "$root/rehearsal/store.p12"
  image_freeze "$root"
  train "$root" -XX:AOTCacheOutput=/app/heddle.aot @/app/java.options \
    dev.heddle.node.rehearsal.Rehearsal /rehearsal/store.p12 rehearsal
  [[ -s $root/app/heddle.aot ]] || fail "the node daemon's rehearsal made no AOT cache; see $OUT/node-daemon.train.log"
  image_tar "$OUT/node-daemon.1.tar" "$root" --exclude=./app --exclude=./rehearsal .
  image_tar "$OUT/node-daemon.2.tar" "$root" ./app/lib
  image_tar "$OUT/node-daemon.3.tar" "$root" --exclude=./app/lib ./app
  image_archive "$OUT/node-daemon.tar" "heddle.dev/node-daemon:$VERSION" 0:0 \
    '["/runtime/bin/java","-XX:AOTCache=/app/heddle.aot","@/app/java.options","dev.heddle.node.Main"]' "$OUT"/node-daemon.[123].tar
}

OPERATOR_MODULES=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.httpserver,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs

operator() {
  local root=$OUT/operator.root
  rm -rf "$root"
  mkdir -p "$root/app"
  runtime "$root" "$OPERATOR_MODULES"
  cp -a operator/target/quarkus-app/. "$root/app/"
  cp operator/java.options "$root/app/java.options"
  image_freeze "$root"
  rehearse_operator "$root"
  [[ -s $root/app/heddle.aot ]] || fail "the operator's rehearsal made no AOT cache; see $OUT/operator.train.log"
  image_tar "$OUT/operator.1.tar" "$root" --exclude=./app .
  image_tar "$OUT/operator.2.tar" "$root" ./app/lib
  image_tar "$OUT/operator.3.tar" "$root" --exclude=./app/lib ./app
  image_archive "$OUT/operator.tar" "heddle.dev/operator:$VERSION" 65532:65532 \
    '["/runtime/bin/java","-XX:AOTCache=/app/heddle.aot","@/app/java.options","-jar","/app/quarkus-run.jar"]' "$OUT"/operator.[123].tar
}

# rehearse_operator ROOT: starts the operator against a stage that plays the API server, and ends it once it is up.
rehearse_operator() {
  local root=$1 port operator stage
  certificate "$OUT/stage.p12"
  rm -f "$OUT/stage.end" # of a run that was ended
  mkfifo "$OUT/stage.end"
  exec {stage}< <("$JAVA_HOME/bin/java" -cp "node-daemon/target/lib/*:node-daemon/target/heddle-node-daemon-$VERSION.jar" \
    dev.heddle.node.rehearsal.Stage "$OUT/stage.p12" rehearsal <"$OUT/stage.end" 2>"$OUT/stage.log")
  exec {stage_end}>"$OUT/stage.end"
  read -r port <&"$stage" || fail "the stage does not start; see $OUT/stage.log"
  KUBERNETES_MASTER=https://127.0.0.1:$port KUBERNETES_TRUST_CERTIFICATES=true KUBERNETES_AUTH_TOKEN=rehearsal KUBERNETES_NAMESPACE=heddle-system \
    QUARKUS_HTTP_PORT=0 QUARKUS_MANAGEMENT_PORT=0 \
    train "$root" -XX:AOTCacheOutput=/app/heddle.aot @/app/java.options -jar /app/quarkus-run.jar &
  operator=$!
  for ((i = 0; i < 120; i++)); do
    sleep 0.5
    if grep -qs 'Installed features' "$OUT/operator.train.log"; then
      sleep 2 # its watches answer
      break
    fi
    kill -0 "$operator" 2>/dev/null || break
  done
  kill "$(<"$root.pid")" 2>/dev/null || true
  wait "$operator"
  exec {stage_end}>&- {stage}<&-
  rm "$OUT/stage.end" "$OUT/stage.p12" "$root.pid"
}

# build IMAGE FUNCTION INPUT...: runs FUNCTION unless the image was made from exactly these inputs.
build() {
  local image=$1 function=$2 input now
  shift 2
  for input in "$@"; do
    [[ -e $input ]] || fail "$input is missing: run ./mvnw package first"
  done
  now=$(fingerprint "$@")
  if [[ -n $force || ! -f $OUT/$image.tar || ! -f $OUT/$image.inputs || $now != "$(<"$OUT/$image.inputs")" ]]; then
    "$function"
    rm -rf "$OUT/$image".root "$OUT/$image".root.pid "$OUT/$image".[123].tar
    printf '%s' "$now" >"$OUT/$image.inputs"
  fi
  printf '%-14s %4d MiB  target/images/%s.tar\n' "$image" "$(($(stat -c %s "$OUT/$image.tar") >> 20))" "$image"
}

for image in "${images[@]}"; do
  case $image in
    node-daemon) build node-daemon node_daemon node-daemon/java.options node-daemon/target/lib "node-daemon/target/heddle-node-daemon-$VERSION.jar" ;;
    operator) build operator operator operator/java.options operator/target/quarkus-app node-daemon/target/lib ;;
  esac
done
