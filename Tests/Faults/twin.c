// Switches one mechanism of the daemon off, so that a check can be seen to fail without it.
//
// Loaded with LD_PRELOAD; TWIN names the mechanism. The program itself stays as it is.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

// Whether TWIN names this mechanism, alone or among others, as in "one,another".
static int twin(const char *name) {
  const char *chosen = getenv("TWIN");
  size_t length = strlen(name);
  while (chosen != NULL) {
    if (strncmp(chosen, name, length) == 0 && (chosen[length] == 0 || chosen[length] == ','))
      return 1;
    chosen = strchr(chosen, ',');
    if (chosen != NULL) chosen++;
  }
  return 0;
}

#define next_syscall ((long (*)(long, ...))dlsym(RTLD_NEXT, "syscall"))

static long renamed_plainly(int from, const char *old, int to, const char *new, unsigned flags) {
  return next_syscall(SYS_renameat2, from, old, to, new, flags);
}

// no-sync: nothing is made durable.
int fsync(int fd) { return twin("no-sync") ? 0 : (int)next_syscall(SYS_fsync, fd); }
int syncfs(int fd) { return twin("no-sync") ? 0 : (int)next_syscall(SYS_syncfs, fd); }

// no-lock: every daemon gets the lock.
int flock(int fd, int operation) {
  int (*real)(int, int) = (int (*)(int, int))dlsym(RTLD_NEXT, "flock");
  return twin("no-lock") ? 0 : real(fd, operation);
}

// no-inotify: the kernel reports nothing, and nobody knows.
int inotify_add_watch(int fd, const char *path, uint32_t mask) {
  int (*real)(int, const char *, uint32_t) =
      (int (*)(int, const char *, uint32_t))dlsym(RTLD_NEXT, "inotify_add_watch");
  return twin("no-inotify") ? 1 : real(fd, path, mask);
}

// no-reserve: every disk has room for everything. local-disk: no file system is on a network.
int fstatfs(int fd, struct statfs *info) {
  int (*real)(int, struct statfs *) = (int (*)(int, struct statfs *))dlsym(RTLD_NEXT, "fstatfs");
  int result = real(fd, info);
  if (twin("no-reserve")) info->f_bavail = UINT32_MAX;
  if (twin("local-disk")) info->f_type = 0xEF53;
  return result;
}

// slow-look: every look at a file takes as long as at one on a busy disk.
int fstatat(int fd, const char *path, struct stat *info, int flags) {
  int (*real)(int, const char *, struct stat *, int) =
      (int (*)(int, const char *, struct stat *, int))dlsym(RTLD_NEXT, "fstatat");
  if (twin("followed-links")) flags &= ~AT_SYMLINK_NOFOLLOW;
  if (twin("slow-look")) usleep(10000);
  return real(fd, path, info, flags);
}

// lossy-writes: what does not fit on the disk is dropped without a word.
ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t written = next_syscall(SYS_write, fd, bytes, count);
  return written < 0 && errno == ENOSPC && twin("lossy-writes") ? (ssize_t)count : written;
}

// no-end: a request to end is not heard.
int signalfd(int fd, const sigset_t *signals, int flags) {
  int (*real)(int, const sigset_t *, int) =
      (int (*)(int, const sigset_t *, int))dlsym(RTLD_NEXT, "signalfd");
  return twin("no-end") ? eventfd(0, 0) : real(fd, signals, flags);
}

// A file is copied to another file system instead of being renamed.
static long copied(int from, const char *old, int to, const char *new) {
  int target = openat(to, new, O_WRONLY | O_CREAT | O_EXCL, 0644);
  if (target < 0) return -1;
  close(target);
  return unlinkat(from, old, 0);
}

// A job file is copied out of the Inbox, away from whoever has it open.
static long copied_out(int from, const char *old, int to, const char *new) {
  char content[1 << 18];
  int source = openat(from, old, O_RDONLY);
  if (source < 0) return -1;
  ssize_t count = read(source, content, sizeof content);
  close(source);
  int target = openat(to, new, O_WRONLY | O_CREAT | O_EXCL, 0644);
  if (count < 0 || target < 0) return -1;
  int isWritten = write(target, content, (size_t)count) == count;
  close(target);
  return isWritten ? unlinkat(from, old, 0) : -1;
}

static int is_job_file(const char *name) {
  size_t length = strlen(name);
  return length > 5 && strcmp(name + length - 5, ".yaml") == 0;
}

// A folder is moved entry by entry instead of in one step.
static long in_steps(int from, const char *old, int to, const char *new) {
  int source = openat(from, old, O_RDONLY | O_DIRECTORY);
  if (source < 0) return -1;
  if (mkdirat(to, new, 0755) < 0) return close(source), -1;
  int target = openat(to, new, O_RDONLY | O_DIRECTORY);
  DIR *entries = fdopendir(source);
  for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    renamed_plainly(source, entry->d_name, target, entry->d_name, 0);
  }
  closedir(entries);
  close(target);
  return unlinkat(from, old, AT_REMOVEDIR);
}

static int is_sealed(int folder, const char *name) {
  char content[4096] = {0};
  int record = openat(folder, name, O_RDONLY);
  if (record < 0) return 0;
  ssize_t count = read(record, content, sizeof content - 1);
  close(record);
  return count > 0 && (strstr(content, "\"sealed\"") || strstr(content, "\"done\""));
}

// publish-in-steps: results appear file by file. unsealed-record: the record of a job is not
// replaced any more when its result is sealed. copies: what cannot be renamed is copied.
// copied-jobs: job files are copied instead of being renamed.
// plain-renames: the file system cannot refuse to replace, as NFS cannot; the daemon copes.
static long renamed(int from, const char *old, int to, const char *new, unsigned flags) {
  int isResult = strstr(new, "--20") != NULL && flags != 0;
  if (twin("publish-in-steps") && isResult) return in_steps(from, old, to, new);
  int isRecord = strcmp(new, "state.json") == 0;
  if (twin("unsealed-record") && isRecord && is_sealed(from, old)) return unlinkat(from, old, 0);
  if (twin("copied-jobs") && flags != 0 && is_job_file(old)) return copied_out(from, old, to, new);
  if (twin("plain-renames") && flags != 0) return errno = EINVAL, -1;
  long result = renamed_plainly(from, old, to, new, flags);
  return result < 0 && errno == EXDEV && twin("copies") ? copied(from, old, to, new) : result;
}

// followed-links: paths may leave the root and follow links. denied-is-gone: what may not be
// opened is taken for missing.
static long opened(int folder, const char *path, const struct open_how *how, size_t size) {
  struct open_how changed = *how;
  if (twin("followed-links")) {
    changed.resolve = 0;
    changed.flags &= ~(uint64_t)O_NOFOLLOW;
  }
  long result = next_syscall(SYS_openat2, folder, path, &changed, size);
  if (result < 0 && errno == EACCES && twin("denied-is-gone")) errno = ENOENT;
  return result;
}

long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long a[6];
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_renameat2)
    return renamed((int)a[0], (const char *)a[1], (int)a[2], (const char *)a[3], (unsigned)a[4]);
  if (number == SYS_openat2)
    return opened((int)a[0], (const char *)a[1], (const struct open_how *)a[2], (size_t)a[3]);
  return next_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
