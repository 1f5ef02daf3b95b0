# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What the scripts here know about peers: which there are, and where they are found.

debug=/sys/kernel/debug/peerboot

# Names of the peers whose link the device tree has with this status ("okay", "fail").
peers() {
	for peers_node in /proc/device-tree/link-*; do
		[ -e "$peers_node/peerboot,peer" ] || continue
		peers_status=$(tr -d '\0' <"$peers_node/status" 2>/dev/null || echo okay)
		[ "$peers_status" != "$1" ] || tr '\0' '\n' <"$peers_node/peerboot,peer"
	done
}

# peer_device PEER CHANNEL: its first device file. Empty if there is none.
peer_device() {
	rpmsg-echo --list | sed -n "s/^link=$1 device=\([^ ]*\) channel=$2 .*/\1/p" | head -n 1
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
	[ -n "$(peer_device "$1" "$2")" ]
}

# state PEER KEY: a line's value.
state() {
	sed -n "s/^$2: //p" "$debug/$1/state"
}
