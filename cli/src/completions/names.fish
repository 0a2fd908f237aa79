
# Service names, by the program itself.
function __ports_names
    set -l words (commandline -opc)
    set -l prefix (commandline -ct | string replace -r -- '^--[a-z-]+=' '')
    command $words[1] complete "$prefix" 2> /dev/null
end
complete -c ports -n "__fish_ports_using_subcommand @NO_FILES@" -f
complete -c ports -n "__fish_ports_using_subcommand @COMMANDS@; and not string match -q -- '-*' (commandline -ct)" -a "(__ports_names)"
@WORDS@