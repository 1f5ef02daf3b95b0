# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
# Bash completion for the programs that come with peerboot. Options, and what they may be, come from the
# programs' own help; boards of those that say none, from peerboot.

_peerboot_program() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} help words=
	help=$(COLUMNS=1000 "${COMP_WORDS[0]}" --help 2>/dev/null)

	# Bash takes "--board=NAME" for three words.
	[ "$cur" != = ] || cur=
	[ "$prev" != = ] || prev=${COMP_WORDS[COMP_CWORD - 2]}

	case $cur in
	-*) words=$(grep -oE '^ +-.*' <<<"$help" | grep -oE '^ +(-. [^ ]*, |-., )?--[a-z0-9-]+' | grep -oE -- '--[a-z0-9-]+$') ;;
	*)
		case $prev in
		-*) words=$(sed -n "s/^ *$prev {\([^}]*\)}.*/\1/p" <<<"$help" | tr , ' ') ;;
		esac
		[ "$words" ] || [ "$prev" != --board ] || words=$(peerboot boards 2>/dev/null)
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	# Nothing to choose from: bash's own file names.
}

complete -o default -F _peerboot_program peerboot-map peerboot-timeline peerboot-mkflash peerboot-run peerboot-dumpfdt
