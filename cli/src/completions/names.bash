
# Service names, by the program itself: `$1` is the program, `$2` the word.
_ports_names() {
    local name
    COMPREPLY=()
    # A service name is no file.
    compopt +o default +o bashdefault 2> /dev/null
    while IFS= read -r name; do
        # Some historic names hold an asterisk.
        printf -v name '%q' "$name"
        COMPREPLY+=("$name")
    done < <("$1" complete "$2" 2> /dev/null)
}

# What clap_complete knows, and service names in the place of arguments.
_ports_or_names() {
    _ports "$@"
    case "${COMP_WORDS[1]} $3" in
        @NAMED@) _ports_names "$1" "$2"; return ;;
    esac
    case "${COMP_WORDS[1]}" in
        @COMMANDS@) ;;
        *) return ;;
    esac
    case "$2" in
        -*) return ;;
    esac
    case "$3" in
        @OPTIONS@) return ;;
    esac
    if ((COMP_CWORD > 1)); then
        _ports_names "$1" "$2"
    fi
}

complete -o bashdefault -o default -F _ports_or_names ports
