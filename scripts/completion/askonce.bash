# Completion of askonce for bash. Installed as bash-completion/completions/askonce; to try it: . scripts/completion/askonce.bash

_askonce_programs() {
  askonce plugin list --json 2>/dev/null | grep -o '"program":"[^"]*"' | cut -d'"' -f4
}

_askonce() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]:-}
  local data="--pack --plugins --forms" store="--data --store --config" options=""
  local commands="assess next explain what-if burden form plugin locale impact csv replay serve key user config backup restore store migrate version"
  COMPREPLY=()
  if [ "$COMP_CWORD" = 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands help" -- "$word")
    return
  fi
  case $before in
    --format) mapfile -t COMPREPLY < <(compgen -W "markdown html text" -- "$word"); return ;;
    --detail) mapfile -t COMPREPLY < <(compgen -W "status reasons tree" -- "$word"); return ;;
    --programs) mapfile -t COMPREPLY < <(compgen -W "$(_askonce_programs)" -- "$word"); return ;;
    --for) mapfile -t COMPREPLY < <(compgen -W "all form web pack: program:" -- "$word"); return ;;
    --plugins | --forms | --data | --web) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --bulk | --out | --rejects | --cases | --config | --html | --password-file) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --from | --to)
      if [ "$command" = impact ]; then mapfile -t COMPREPLY < <(compgen -d -- "$word"); return; fi
      mapfile -t COMPREPLY < <(compgen -W "sqlite: postgresql://" -- "$word"); return ;;
    --store) mapfile -t COMPREPLY < <(compgen -W "sqlite: postgresql://" -- "$word"); return ;;
    --role) mapfile -t COMPREPLY < <(compgen -W "worker supervisor nurse program_staff auditor administrator" -- "$word"); return ;;
    --program) mapfile -t COMPREPLY < <(compgen -W "$(_askonce_programs)" -- "$word"); return ;;
    --full-name | --pack | --as-of | --jobs | --host | --port | --max | --name | --locale) return ;;
  esac
  case $command in
    help)
      mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word"); return ;;
    form)
      if [ "$COMP_CWORD" = 2 ]; then mapfile -t COMPREPLY < <(compgen -W "show lint" -- "$word"); return; fi
      options="--forms --plugins --help"
      [ "${COMP_WORDS[2]}" = show ] && options="--json $data --help" ;;
    plugin)
      if [ "$COMP_CWORD" = 2 ]; then mapfile -t COMPREPLY < <(compgen -W "new list lint test explain diff coverage mutate editor reference reload" -- "$word"); return; fi
      options="$data --help"
      if [ "${COMP_WORDS[2]}" = reload ]; then mapfile -t COMPREPLY < <(compgen -W "--json --data --config --help" -- "$word"); return; fi
      [ "${COMP_WORDS[2]}" = list ] && options="--json $options"
      [ "${COMP_WORDS[2]}" = lint ] && options="--strict --checks --json $options"
      [ "${COMP_WORDS[2]}" = explain ] && options="--format --out --all --as-of --locale --web $options"
      [ "${COMP_WORDS[2]}" = diff ] && options="--format --json --pack --forms --help"
      [ "${COMP_WORDS[2]}" = editor ] && options="--out --help"
      [ "${COMP_WORDS[2]}" = reference ] && options="--help"
      [ "${COMP_WORDS[2]}" = test ] && options="--cases --as-of --watch --json $options"
      [ "${COMP_WORDS[2]}" = coverage ] && options="--missing --json $options"
      [ "${COMP_WORDS[2]}" = mutate ] && options="--max --json $options"
      if [ "${COMP_WORDS[2]}" = new ]; then
        if [[ $word == -* ]]; then mapfile -t COMPREPLY < <(compgen -W "--name $options" -- "$word"); fi
        return
      fi
      if [[ $word != -* && ${COMP_WORDS[2]} != list ]]; then
        mapfile -t COMPREPLY < <(compgen -d -- "$word"; compgen -W "$(_askonce_programs)" -- "$word")
        return
      fi ;;
    locale)
      if [ "$COMP_CWORD" = 2 ]; then mapfile -t COMPREPLY < <(compgen -W "check template" -- "$word"); return; fi
      options="--locale --json $data --web --help"
      [ "${COMP_WORDS[2]}" = template ] && options="--locale --for --write $data --web --help" ;;
    assess) options="--programs --as-of --json --detail $data --bulk --out --jobs --rejects --force --help" ;;
    next | burden) options="--programs --as-of --json $data --help" ;;
    explain | what-if)
      options="--as-of --json $data --help"
      if [[ $word != -* && $COMP_CWORD -gt 2 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_askonce_programs)" -- "$word")
        return
      fi ;;
    csv)
      options="--out --force --programs --as-of $data --help"
      if [[ $word != -* ]]; then mapfile -t COMPREPLY < <(compgen -f -- "$word"); return; fi ;;
    impact)
      options="--from --to --programs --as-of --html --json --jobs --plugins --forms $store --help" ;;
    replay) options="$data $store --help" ;;
    serve) options="--port --host $store $data --web --help" ;;
    key)
      if [ "$COMP_CWORD" = 2 ]; then mapfile -t COMPREPLY < <(compgen -W "add list revoke" -- "$word"); return; fi
      options="$store --help"
      [ "${COMP_WORDS[2]}" = list ] && options="--json $options"
      [[ $word == -* || ${COMP_WORDS[2]} == list ]] || return ;;
    user)
      if [ "$COMP_CWORD" = 2 ]; then mapfile -t COMPREPLY < <(compgen -W "add list change reset" -- "$word"); return; fi
      options="$store --help"
      [ "${COMP_WORDS[2]}" = list ] && options="--json $options"
      [ "${COMP_WORDS[2]}" = add ] && options="--role --full-name --program --password-file $options"
      [ "${COMP_WORDS[2]}" = change ] && options="--role --full-name --program --disable --enable $options"
      [[ $word == -* || ${COMP_WORDS[2]} == list ]] || return ;;
    config)
      if [ "$COMP_CWORD" = 2 ]; then mapfile -t COMPREPLY < <(compgen -W "check show" -- "$word"); return; fi
      options="--port --host $store $data --help"
      [ "${COMP_WORDS[2]}" = show ] && options="--json $options" ;;
    store)
      if [ "$COMP_CWORD" = 2 ]; then mapfile -t COMPREPLY < <(compgen -W "check" -- "$word"); return; fi
      options="--json $store --help" ;;
    backup) options="--json $store --help" ;;
    restore) options="--force --json $store --help" ;;
    migrate) options="--from --to --json --help" ;;
    version) options="--json --help" ;;
  esac
  if [[ $word == -* ]]; then mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  else mapfile -t COMPREPLY < <(compgen -f -- "$word"); fi
}

complete -o filenames -F _askonce askonce
