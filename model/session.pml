/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sessions, as docs/protocol.md has them and rpmsg/rpmsg_session.c does them, by the same names:
 * two ends with two words each, one leads and one follows. For all orders of steps, with either end
 * restarted at any of them:
 *
 *  - the leader touches the rings only when the follower has let go of them
 *  - the follower uses rings and reads a table only if they are prepared for this very pair of lives
 *  - when nothing happens any more, both are up. With LOSSY bells can get lost too, and a bounded
 *    number of expired waits brings both up
 *  - no run goes on for ever
 *
 * Every access to shared memory is a step of its own, so what must not be reordered is reordered by
 * nobody: where this needs a fence, the code has one. Not in here are ends that refuse each other (layouts
 * that differ), words that are spoilt, and ordinary firmware, which has no words.
 *
 * STATUS    the ends have a vdev status, too: master and remote with a table
 * STATIC    there is neither a table nor a status
 * EARLY     the leader is Linux's virtio: it prepares the rings once, maybe before there is a follower,
 *           and starts over with each new life of it
 * LOSSY     each bell may get lost
 * BREAK_X   the protocol with one thing wrong: must be found out (model/check)
 */
#ifndef RESTARTS
#define RESTARTS 3 /* of both ends together */
#endif
#ifndef LOSSY
#define EXPIRED 0 /* waits, at most, of both ends together */
#elif defined(EARLY)
#define EXPIRED 4
#else
#define EXPIRED 3
#endif
#ifndef DOUBLED
#define DOUBLED 0 /* bells that ring once more */
#endif
#define EPOCHS 16 /* nobody counts for ever */

#define FOLLOWER 0
#define LEADER	 1
#define ANYBODY	 255

/* Shared memory. */
byte epoch[2], seen[2];
bool driver_ok;
byte table[2]; /* two words of it: the follower's life that they are filled in for; 0: ANY */

/* How the ends stand. up: it may touch the rings at any moment. */
bool up[2], bell[2];
byte expired;
chan crash[2] = [0] of { bit };

/* The lives that the rings were prepared for; 0: they are just being zeroed. */
byte rings_leader, rings_follower;

#ifdef STATUS
#define set_status(ok) driver_ok = ok
#define status_holds   driver_ok
#else
#define set_status(ok) skip
#define status_holds   true
#endif

inline ring()
{
#ifdef LOSSY
	if
	:: bell[1 - me] = true
	:: skip
	fi
#else
	bell[1 - me] = true
#endif
}

/* rpmsg/rpmsg_session.c: see() */
inline see(life)
{
	d_step { my_seen = life; seen[me] = life }
}

/* part() */
inline part()
{
	up[me] = false;
	see(0)
}

/* let_go() */
inline let_go()
{
	if
	:: me == LEADER -> set_status(false)
	:: else
	fi;
	prepared = false;
#ifdef BREAK_LET_GO_ORDER
	up[me] = false;
	d_step { my_epoch++; epoch[me] = my_epoch };
	see(0);
#else
	part();
	d_step { my_epoch++; epoch[me] = my_epoch };
#endif
	assert(my_epoch < EPOCHS);
	ring()
}

/* prepare_rings() */
inline prepare_rings(life)
{
	set_status(false);
	assert(!up[FOLLOWER]);
	rings_leader = 0;
	assert(!up[FOLLOWER]); /* still: it does not begin amid the zeroing */
	atomic {
		rings_leader = my_epoch;
		rings_follower = life
	};
	set_status(true)
}

#ifdef STATIC
#define lay_out()     skip
#define fill_in(life) skip
#define read_table()  skip
#else
inline lay_out()
{
	table[0] = 0;
	table[1] = 0
}

/* open(), as the leader has it */
inline fill_in(life)
{
	table[0] = life;
	table[1] = life
}

/* open(), as the follower has it */
inline read_table()
{
	assert(table[0] == my_epoch);
	assert(table[1] == my_epoch)
}
#endif

/* lead() */
inline lead()
{
	if
#ifdef BREAK_NO_WAIT
	:: true ->
#else
	:: seen[1 - me] == my_epoch ->
#endif
#ifdef BREAK_READ_ORDER
		peer_epoch = epoch[1 - me];
#endif
#ifdef BREAK_GO_AHEAD_ORDER
		see(peer_epoch);
		fill_in(peer_epoch);
		prepare_rings(peer_epoch);
#else
		fill_in(peer_epoch);
		prepare_rings(peer_epoch);
		see(peer_epoch);
#endif
		up[me] = true;
		ring()
	:: else
	fi
}

/* Linux, linux: virtio's reset and find_vqs, DRIVER_OK, and the go-ahead when there is somebody. */
inline lead_early()
{
	if
	:: !prepared && (!peer_epoch || seen[1 - me] == my_epoch) ->
		prepare_rings(ANYBODY);
		prepared = true
	:: else
	fi;
	if
	:: prepared && peer_epoch && seen[1 - me] == my_epoch ->
		fill_in(peer_epoch);
		see(peer_epoch);
		up[me] = true;
		ring()
	:: else
	fi
}

/* offer() */
inline offer()
{
	lay_out();
	see(peer_epoch);
#ifndef BREAK_NO_BELL
	ring()
#endif
}

/* follow() */
inline follow()
{
	if
	:: !my_seen -> offer()
	:: else
	fi;
	if
	:: seen[1 - me] == my_epoch ->
		if
		:: status_holds ->
			read_table();
			assert(rings_leader == my_seen);
			assert(rings_follower == my_epoch || rings_follower == ANYBODY);
			up[me] = true
		:: else
		fi
	:: else
	fi
}

/* session_holds(), its words one after the other */
inline session_holds()
{
	holds = up[me];
	if
	:: holds -> holds = status_holds
	:: else
	fi;
	if
	:: holds -> holds = (epoch[1 - me] == my_seen)
	:: else
	fi;
	if
	:: holds -> holds = (seen[1 - me] == my_epoch)
	:: else
	fi
}

/* rpmsg_link_up() */
inline look()
{
	session_holds();
	if
	:: !holds ->
		peer_epoch = epoch[1 - me];
		if
#ifndef BREAK_NO_PART
		:: my_seen && my_seen != peer_epoch ->
#if defined(BREAK_BOTH_COUNT)
			let_go()
#elif defined(EARLY)
			if
			:: me == LEADER -> let_go()
			:: else -> part()
			fi
#else
			part()
#endif
		:: (!my_seen || my_seen == peer_epoch) && up[me] -> let_go()
#endif
		:: else
		fi;
		if
#ifdef EARLY
		:: me == LEADER -> lead_early()
#else
		:: me == LEADER && peer_epoch -> lead()
#endif
		:: me == FOLLOWER && peer_epoch -> follow()
		:: else
		fi
	:: else
	fi;
	d_step { peer_epoch = 0; holds = false } /* forgotten until the next look */
}

/*
 * One end, from its entry point on. It comes as late as it likes, and when it crashes, all that it
 * knew is gone but what it has in shared memory.
 */
proctype end(byte me)
{
	byte my_epoch, my_seen, peer_epoch;
	bool holds, prepared;

	do
	:: {
		my_epoch = epoch[me]; /* rpmsg_link_init() */
		let_go();	      /* rpmsg_link_start() */
		look();
end_asleep:	do
		:: bell[me] ->
#ifdef BREAK_CLEARED_LATE
		   look();
		   bell[me] = false
#else
		   bell[me] = false; /* first: one that rings from now on is not lost */
		   look()
#endif
		od
	   } unless {
		atomic {
			crash[me] ? _;
			up[me] = false;
			my_seen = 0;
			peer_epoch = 0;
			holds = false;
			prepared = false
		}
	   }
	od
}

/* What befalls them: restarts, and bells that ring twice. It may end early. */
proctype events()
{
	byte restarts, doubled;

	do
	:: restarts < RESTARTS -> atomic { crash[0] ! 1; restarts++ }
	:: restarts < RESTARTS -> atomic { crash[1] ! 1; restarts++ }
	:: doubled < DOUBLED -> atomic { bell[0] = true; doubled++ }
	:: doubled < DOUBLED -> atomic { bell[1] = true; doubled++ }
	:: break
	od
}

/* Nothing can happen any more: up, or both have waited long enough and look again. */
proctype waits()
{
	do
	:: timeout ->
		if
		:: up[0] && up[1] -> break
		:: else ->
			assert(expired < EXPIRED);
			atomic { expired++; bell[0] = true; bell[1] = true }
		fi
	od
}

init
{
	atomic {
		run end(FOLLOWER);
		run end(LEADER);
		run events();
		run waits()
	}
}
