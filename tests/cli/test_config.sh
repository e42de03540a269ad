#!/usr/bin/env bash
# The server's settings: four places, the later ones win, and what is wrong is said with its place.
. "$(dirname "$0")/helper.sh"

run config check; code_is 0; out_has "the settings are good"; err_is_empty
run config show; code_is 0; err_is_empty
out_has "127.0.0.1"; out_has "8080"; out_has "sqlite:./var/askonce.db"; out_has "(not set)"; out_has "default"

cat >askonce.yaml <<'YAML'
listen:
  port: 9000
data: here
limits:
  requests_per_second: 5
YAML
run config show --config askonce.yaml
code_is 0; out_has "9000"; out_has "askonce.yaml:2"; out_has "sqlite:here/askonce.db"
holds 'grep -qE "limits.burst +10 " out'
ASKONCE_CONFIG=askonce.yaml run config show; out_has "askonce.yaml:2"
ASKONCE_PORT=9001 run config show --config askonce.yaml; out_has "9001"; out_has "ASKONCE_PORT"; out_lacks "9000"
ASKONCE_PORT=9001 run config show --config askonce.yaml --port 9002; out_has "9002"; out_has "--port"; out_lacks "9001"
run config show --config askonce.yaml --json
code_is 0; out_has '{"name":"listen.port","value":"9000","from":"file","where":"askonce.yaml:2"}'
out_has '{"name":"tls.key","value":null,"from":"default","where":null}'
run config show --store postgresql://ask:secret@db/x; code_is 0; out_has "ask:***@db"; out_lacks secret
# Every setting of the table is explained to operators.
if [ -e "$SOURCE_DIR/docs/operator-guide.md" ]; then
  run config show
  cut -d' ' -f1 out >names
  explained() { while read -r name; do grep -qF "$name" "$SOURCE_DIR/docs/operator-guide.md" || { echo "not explained: $name"; return 1; }; done <names; }
  holds explained
fi
# The one that is installed is good, and says nothing but what holds anyway.
run config check --config "$SOURCE_DIR/packaging/askonce.yaml"; code_is 0; err_is_empty
sed -E 's/^# (tls|store|rules|app|server|limits|accounts)/\1/; s/^#   /  /' "$SOURCE_DIR/packaging/askonce.yaml" >all.yaml
run config show --config all.yaml; code_is 0; out_has "all.yaml"; out_has "/etc/askonce/key.pem"; holds '! grep -q " default$" out'

printf 'listen:\n  prot: 9000\n' >bad.yaml
run config check --config bad.yaml; refused "bad.yaml:2:3: error: there is no setting 'listen.prot'"; err_has "did you mean port?"; err_has "prot: 9000"
run config show --config bad.yaml; refused "listen.prot"
run config show --config bad.yaml --json; code_is 2; out_has '"code":"unknown-key"'; out_has '"line":2'
printf 'listen: {port: 70000}\nlog: {level: loud}\n' >bad.yaml
run config check --config bad.yaml; refused "bad.yaml:1:16"; err_has "bad.yaml:2:14"; err_has "off, errors, info"
run config check --config none.yaml; refused "none.yaml"
head -c 3000 /dev/urandom >bad.yaml
run config check --config bad.yaml; code_is 2; no_crash
ASKONCE_PORT=x run config check; refused "ASKONCE_PORT: listen.port needs a whole number"
run config check --port x; refused "--port: listen.port needs a whole number"
ASKONCE_PROT=1 run config check; code_is 0; err_has "did you mean ASKONCE_PORT?"
run config check --host 0.0.0.0; code_is 0; err_has "in the clear"
printf 'tls: {certificate: c.pem, key: k.pem}\n' >tls.yaml
run config check --config tls.yaml; refused "c.pem"; err_has "k.pem"
printf 'tls: {certificate: c.pem}\n' >tls.yaml
run config check --config tls.yaml; refused "tls.key"
: >file
run config check --data file; refused "is not a folder"
run config check --forms /nonexistent; refused "/nonexistent"
run config check --pack larg; refused "there is no pack larg"
run config; refused "which of them: config check or config show?"
run config check extra; refused "does not know what to do with 'extra'"
finish
