
# Service names, by the program itself.
_ports_or_names() {
    local word="${COMP_WORDS[COMP_CWORD]}" name
    case "${COMP_WORDS[COMP_CWORD-1]}" in
        --completions) _ports "$@"; return ;;
        --free | --search) COMPREPLY=(); return ;;
    esac
    case "$word" in
        -*) _ports "$@"; return ;;
    esac
    COMPREPLY=()
    while IFS= read -r name; do
        # Some historic names hold an asterisk.
        printf -v name '%q' "$name"
        COMPREPLY+=("$name")
    done < <("$1" complete "$word" 2> /dev/null)
}

complete -F _ports_or_names ports
