# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
# Bash completion for peerboot. Commands, options and boards come from the command itself.

_peerboot() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local peerboot=${COMP_WORDS[0]} command=${COMP_WORDS[1]} words

	# Bash takes "--board=NAME" for three words.
	[ "$cur" != = ] || cur=
	[ "$prev" != = ] || prev=${COMP_WORDS[COMP_CWORD - 2]}

	if [ "$COMP_CWORD" = 1 ]; then
		words="$("$peerboot" --help 2>/dev/null | sed -n 's/^  \([a-z]*\) .*/\1/p') --help"
	else
		case $prev in
		-w | --without) words="adma arm64 attach clusters decompression devices explain interrupts overlays regions sha1 stm32 uimage views" ;;
		-b | --board) words=$("$peerboot" boards 2>/dev/null) ;;
		-[cfklLmo] | --compatible | --fdt | --keys | --linux-fdt | --loader | --minimum | --output) words= ;;
		*)
			case $cur in
			-*) words=$("$peerboot" "$command" --help 2>/dev/null |
				sed -n 's/^  -., \(--[a-z-]*\).*/\1/p') ;;
			*) words= ;;
			esac
			;;
		esac
	fi
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	# Nothing to choose from: bash's own file names.
}

complete -o default -F _peerboot peerboot
