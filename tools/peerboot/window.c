/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arch/arch.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/window.h"

#define ADDRESSES (1ull << 32)

_Static_assert(sizeof(void *) == 8, "the addresses of a board take a part of the host's");

static uintptr_t window; /* where physical address 0 is */
static void (*on_fault)(phys_addr_t address);

/* Both ways for any pointer: what is not in the window has an address that no board has. */
void *arch_pointer(phys_addr_t address)
{
	return (void *)(window + (uintptr_t)address);
}

phys_addr_t arch_address(const void *pointer)
{
	return (uintptr_t)pointer - window;
}

static void handle_fault(int signal, siginfo_t *info, void *context)
{
	phys_addr_t address = arch_address(info->si_addr);

	(void)context;
	if (address < ADDRESSES)
		on_fault(address);
	else /* our own: as if nobody had asked */
		sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
}

void window_open(void (*fault)(phys_addr_t address))
{
	const struct sigaction action = { .sa_sigaction = handle_fault, .sa_flags = SA_SIGINFO };
	void *all = mmap(NULL, ADDRESSES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			 -1, 0);

	if (all == MAP_FAILED)
		die("no address space for a board's 4 GiB: %s", strerror(errno));
	window = (uintptr_t)all;
	on_fault = fault;
	sigaction(SIGSEGV, &action, NULL);
}

static void protect(struct range r, int protection)
{
	if (mprotect(arch_pointer(r.base), (size_t)r.size, protection))
		die("no memory for 0x%llx bytes of a board: %s", (unsigned long long)r.size,
		    strerror(errno));
}

void window_make_writable(struct range r)
{
	protect(r, PROT_READ | PROT_WRITE);
}

void window_make_read_only(struct range r)
{
	protect(r, PROT_READ);
}

bool window_put_file(struct range r, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat is;
	bool fits = fd >= 0 && !fstat(fd, &is) && S_ISREG(is.st_mode) &&
		    (uint64_t)is.st_size == r.size;

	if (fits && mmap(arch_pointer(r.base), (size_t)r.size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_FIXED, fd, 0) == MAP_FAILED)
		die("%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return fits;
}
