# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of tollbookctl in bash: commands and options are asked of the program, so that this file never lags behind it.

_tollbookctl_commands()
{
  tollbookctl --help 2>/dev/null | sed -n 's/^  \([a-z-]*\( [a-z-]\{1,\}\)\{0,1\}\)\( [^a-z].*\)\{0,1\}$/\1/p' | grep -v '^tollbookctl'
}

_tollbookctl()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= word rest
  COMPREPLY=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      -*) ;;
      [a-z]*) command="$command${command:+ }$word" ;;
    esac
  done
  case $previous in
    --books | --secrets-from | --rejects | -o | --output) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
  esac
  if [[ $current == -* ]]; then
    rest=$(tollbookctl $command --help 2>/dev/null | grep -o -- '--[a-z-]*' | sort -u)
  else
    # The next word of each command that begins with those already there.
    rest=$(_tollbookctl_commands | sed -n "s/^${command:+$command }\([a-z-]*\).*/\1/p" | sort -u)
  fi
  mapfile -t COMPREPLY < <(compgen -W "$rest" -- "$current")
  [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

complete -o filenames -F _tollbookctl tollbookctl
