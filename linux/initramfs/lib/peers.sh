# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What the scripts here know about links to peers: which there are, and where they are found. A link
# to peer b is called b, a second one b-1, and so on.

debug=/sys/kernel/debug/peerboot

# Names of the links that the device tree has with this status ("okay", "fail").
links() {
	for links_node in /proc/device-tree/link-*; do
		[ -e "$links_node/peerboot,peer" ] || continue
		links_status=$(tr -d '\0' <"$links_node/status" 2>/dev/null || echo okay)
		[ "$links_status" != "$1" ] || echo "${links_node##*/link-}"
	done
}

# device_of LINK CHANNEL: its first device file. Empty if there is none.
device_of() {
	rpmsg-echo --list | sed -n "s/^link=$1 device=\([^ ]*\) channel=$2 .*/\1/p" | head -n 1
}

# address_of LINK CHANNEL: where the peer's end of it is. Empty if there is none.
address_of() {
	for address_channel in /sys/bus/rpmsg/devices/*".$2."*; do
		case $(readlink -f "$address_channel") in
		*/link-$1/*) printf '%d\n' "$(cat "$address_channel/dst")" ;;
		esac
	done | head -n 1
}

# tell [--no-answer | --last] LINK COMMAND: to the peer's control channel; its answer.
tell() {
	tell_option=
	case $1 in
	--*)
		tell_option=$1
		shift
		;;
	esac
	# Only a master's control device goes with the session.
	[ "$tell_option" != --last ] || [ "$(state "$1" role)" = master ] || tell_option=--no-answer
	# shellcheck disable=SC2086 # no option is no argument
	rpmsg-command $tell_option "$(device_of "$1" rpmsg_ctrl)" "$(address_of "$1" peerboot-ctl)" "$2"
}

# wait_for COMMAND...: until it succeeds, for 15 seconds at most.
wait_for() {
	wait_tries=0
	until "$@"; do
		wait_tries=$((wait_tries + 1))
		[ "$wait_tries" -lt 150 ] || return 1
		usleep 100000
	done
}

has_device() {
	[ -n "$(device_of "$1" "$2")" ]
}

# remoteproc PEER: where it is stopped and started. Empty if it can't be.
remoteproc() {
	for remoteproc_path in /sys/class/remoteproc/*; do
		[ "$(cat "$remoteproc_path/name" 2>/dev/null)" != "$1" ] || echo "$remoteproc_path"
	done
}

# state LINK KEY: a line's value.
state() {
	sed -n "s/^$2: //p" "$debug/$1/state"
}

# is_up LINK: there is a session, and the peer's channels are there.
is_up() {
	[ "$(state "$1" state)" = up ] && has_device "$1" rpmsg-raw && [ -n "$(address_of "$1" peerboot-ctl)" ]
}

# counter LINK NAME: its value.
counter() {
	sed -n "s/^$2 //p" "$debug/$1/counters"
}
