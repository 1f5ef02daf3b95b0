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
		links_status=okay
		[ ! -e "$links_node/status" ] || read -r links_status <"$links_node/status" || :
		[ "$links_status" != "$1" ] || echo "${links_node##*/link-}"
	done
}

# What follows is asked again and again until it is so, of each link, where each process that it starts is a
# fiftieth of a second of QEMU's: find_... start none. What they have found is in $found.

# A link's devices are below its own; a master's below its virtio device there.
platform=/sys/bus/platform/devices

# find_device LINK CHANNEL: its first device file.
find_device() {
	found=
	for find_path in \
		"$platform/link-$1"/*".$2."*/rpmsg/* "$platform/link-$1"/*".$2."*/tty/* \
		"$platform/link-$1"/virtio*/*".$2."*/rpmsg/* "$platform/link-$1"/virtio*/*".$2."*/tty/*; do
		find_name=${find_path##*/}
		[ -c "/dev/$find_name" ] || continue
		[ -n "$found" ] && [ "${find_name##*[!0-9]}" -gt "${found##*[!0-9]}" ] || found=/dev/$find_name
	done
	[ -n "$found" ]
}

# find_address LINK CHANNEL: where the peer's end of it is.
find_address() {
	for find_path in "$platform/link-$1"/*".$2."*/dst "$platform/link-$1"/virtio*/*".$2."*/dst; do
		if [ -e "$find_path" ] && read -r found <"$find_path"; then
			found=$((found))
			return 0
		fi
	done 2>/dev/null
	return 1
}

# has_channel LINK [CHANNEL]: the peer has announced it, or any at all.
has_channel() {
	find_name=${2:-*}
	# shellcheck disable=SC2231 # a name is no pattern, but none is any
	for find_path in "$platform/link-$1"/*.$find_name.*/dst "$platform/link-$1"/virtio*/*.$find_name.*/dst; do
		case $find_path in
		*.rpmsg_ctrl.* | *.rpmsg_ns.*) ;; # Linux's own
		*) [ ! -e "$find_path" ] || return 0 ;;
		esac
	done
	return 1
}

# find_state LINK KEY: a line's value.
find_state() {
	while read -r found; do
		case $found in
		"$2: "*)
			found=${found#"$2: "}
			return 0
			;;
		esac
	done <"$debug/$1/state"
	found=
	return 1
}

# The same, as what a command says: empty if there is none.
device_of() {
	! find_device "$@" || echo "$found"
}

address_of() {
	! find_address "$@" || echo "$found"
}

state() {
	! find_state "$@" || echo "$found"
}

has_device() {
	find_device "$@"
}

# is_up LINK: there is a session, and the peer's channels are there.
is_up() {
	find_state "$1" state && [ "$found" = up ] && find_device "$1" rpmsg-raw && find_address "$1" peerboot-ctl
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
	find_device "$1" rpmsg_ctrl
	tell_control=$found
	find_address "$1" peerboot-ctl
	# shellcheck disable=SC2086 # no option is no argument
	rpmsg-command $tell_option "$tell_control" "$found" "$2"
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

# remoteproc PEER: where it is stopped and started. Empty if it can't be.
remoteproc() {
	for remoteproc_path in /sys/class/remoteproc/*; do
		[ "$(cat "$remoteproc_path/name" 2>/dev/null)" != "$1" ] || echo "$remoteproc_path"
	done
}

# counter LINK NAME: its value.
counter() {
	sed -n "s/^$2 //p" "$debug/$1/counters"
}
