
# Service names, by the program itself.
_lookup_or_names() {
    local word="${COMP_WORDS[COMP_CWORD]}" name
    case "${COMP_WORDS[COMP_CWORD-1]}" in
        --completions) _lookup "$@"; return ;;
        --free | --search) COMPREPLY=(); return ;;
    esac
    case "$word" in
        -*) _lookup "$@"; return ;;
    esac
    COMPREPLY=()
    while IFS= read -r name; do
        # Some historic names hold an asterisk.
        printf -v name '%q' "$name"
        COMPREPLY+=("$name")
    done < <("$1" --complete "$word" 2> /dev/null)
}

complete -F _lookup_or_names lookup
