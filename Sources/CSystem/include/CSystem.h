// The Linux calls that the daemon needs and that Swift cannot make by itself.
//
// Every function returns what it is asked for, or a negative errno.
#ifndef SLUICE_CSYSTEM_H
#define SLUICE_CSYSTEM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

// --- files.c

// Opens `path`, which is relative to `directory`, without leaving it and without following any
// symbolic link. Adds O_CLOEXEC.
int csys_open_beneath(int directory, const char *path, int flags, mode_t mode);

// Opens the folder `path` in the same way, only to work with the names in it.
int csys_open_folder(int directory, const char *path);

// Renames in one step; fails with -EEXIST when the new name is taken and `replace` is false.
int csys_rename(int old_directory, const char *old_name, int new_directory, const char *new_name,
                bool replace);

// Free bytes for this user and the magic number of the file system that `fd` lies on.
int csys_space(int fd, uint64_t *free_bytes, uint64_t *type);

// Makes everything on the file system that `fd` lies on durable. -EOPNOTSUPP where that does not do
// what an fsync of each file does: where something may be lost that nobody tells, or where the
// kernel does not know when the other side has written it.
int csys_sync_everything(int fd);

// Whether the file system with magic number `type` is known to report no changes made by others.
bool csys_is_remote(uint64_t type);

// Takes the lock of the whole file `fd` without waiting; -EWOULDBLOCK when another has it.
int csys_lock(int fd);

// Takes it together with others who only share it; -EWOULDBLOCK when one has it alone.
int csys_share_lock(int fd);

// Reads extended attribute `name` into `value`; the length, or a negative errno.
ssize_t csys_get_attribute(int fd, const char *name, void *value, size_t size);
int csys_set_attribute(int fd, const char *name, const void *value, size_t size);

// Whether `part` occurs in `text`, in a time that is linear in both.
bool csys_contains(const void *text, size_t length, const void *part, size_t size);

// --- processes.c

// What a child may use.
struct csys_limits {
  uint64_t memory_bytes;  // address space; 0: no limit
  uint64_t file_bytes;    // size of one file; 0: no limit
};

// A pipe that no child inherits; `ends[0]` is for reading.
int csys_pipe(int ends[2]);

// Starts `path` as the leader of a new session that is killed when the calling thread ends.
//
// The child has `input`, `output` and `errors` as descriptors 0, 1 and 2 and no others, `/` as its
// working directory and default signal handling. When the program cannot be started, the errno of
// the failed step is returned and no child is left. The caller's thread must outlive the child.
pid_t csys_spawn(const char *path, char *const arguments[], char *const environment[], int input,
                 int output, int errors, const struct csys_limits *limits);

// A descriptor that becomes readable when the child `pid` ends.
int csys_pidfd(pid_t pid);

// Reaps the child `pid`, waiting for it; its wait status is stored.
int csys_reap(pid_t pid, int *exit_code, int *signal);

// Sends `signal` to the process group of `pid`.
int csys_kill_group(pid_t pid, int signal);

// Keeps freed memory in the process instead of giving it back to the kernel at once, for programs
// that soon want as much again; false where the C library has no such setting.
bool csys_keep_freed_memory(void);

// Gives memory that was freed back to the system, all that can be.
void csys_return_freed_memory(void);

// --- notify.c

// Sends `text` as one message to the socket of a service manager; waits for at most a second.
//
// `address` is a path, or the abstract name that follows an '@'.
int csys_notify(const char *address, const char *text);

// --- watch.c

// A descriptor that reports changes in a folder.
int csys_watch_open(void);

// Watches the folder that `directory` is open on; a watch number.
int csys_watch_add(int watch, int directory);
int csys_watch_remove(int watch, int number);

// What a batch of events says.
enum csys_watch_flags {
  CSYS_WATCH_CHANGED = 1,  // something in the folder changed
  CSYS_WATCH_LOST = 2,     // events were dropped, or the folder itself moved or went away
  CSYS_WATCH_OVERFLOWED = 4,  // events were dropped
};

// Reads all pending events; csys_watch_flags joined by "or", 0 when there were none.
int csys_watch_drain(int watch);

#endif
