#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void limit(int what, uint64_t value) {
  struct rlimit bound = {value, value};
  setrlimit((__rlimit_resource_t)what, &bound);
}

// Puts `from` at `to`, also when they are the same and would keep O_CLOEXEC.
static int place(int from, int to) {
  if (from != to) return dup2(from, to);
  int flags = fcntl(from, F_GETFD);
  return flags < 0 ? -1 : fcntl(from, F_SETFD, flags & ~FD_CLOEXEC);
}

// Closes everything from `first` on except `kept`, which closes itself on exec.
static void close_others(int first, int kept) {
  if (kept > first) syscall(SYS_close_range, first, kept - 1, 0);
  if (syscall(SYS_close_range, kept + 1 > first ? kept + 1 : first, ~0u, 0) == 0) return;
  // Kernels before 5.9.
  long open_max = sysconf(_SC_OPEN_MAX);
  for (int fd = first; fd < (open_max < 0 ? 4096 : open_max); fd++)
    if (fd != kept) close(fd);
}

// The child, between fork and exec: only async-signal-safe calls, since other threads of the
// parent may have held locks when it was copied.
static _Noreturn void become(const char *path, char *const arguments[], char *const environment[],
                             const int streams[3], const struct csys_limits *limits, pid_t parent,
                             int report) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have died before the line above.
  if (getppid() != parent) _exit(125);
  limit(RLIMIT_CORE, 0);
  if (limits->memory_bytes) limit(RLIMIT_AS, limits->memory_bytes);
  if (limits->file_bytes) limit(RLIMIT_FSIZE, limits->file_bytes);
  umask(022);
  bool placed = chdir("/") == 0;
  for (int fd = 0; fd < 3 && placed; fd++) placed = place(streams[fd], fd) >= 0;
  if (placed) {
    close_others(3, report);
    execve(path, arguments, environment);
  }
  int error = errno;
  ssize_t written = write(report, &error, sizeof error);
  _exit(written < 0 ? 124 : 126);
}

pid_t csys_spawn(const char *path, char *const arguments[], char *const environment[], int input,
                 int output, int errors, const struct csys_limits *limits) {
  // Descriptors above 2, or placing one would overwrite the next.
  int streams[3] = {fcntl(input, F_DUPFD_CLOEXEC, 3), fcntl(output, F_DUPFD_CLOEXEC, 3),
                    fcntl(errors, F_DUPFD_CLOEXEC, 3)};
  int report[2] = {-1, -1};
  int error = streams[0] < 0 || streams[1] < 0 || streams[2] < 0 ? errno : 0;
  if (!error && pipe2(report, O_CLOEXEC) < 0) error = errno;
  pid_t parent = getpid();
  pid_t child = error ? -1 : fork();
  if (child == 0) become(path, arguments, environment, streams, limits, parent, report[1]);
  if (!error && child < 0) error = errno;
  for (int i = 0; i < 3; i++)
    if (streams[i] >= 0) close(streams[i]);
  if (report[1] >= 0) close(report[1]);
  if (!error) {
    int failure = 0;
    ssize_t got;
    do got = read(report[0], &failure, sizeof failure);
    while (got < 0 && errno == EINTR);
    if (got == sizeof failure) {
      error = failure;
      while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
      }
    }
  }
  if (report[0] >= 0) close(report[0]);
  return error ? -error : child;
}

int csys_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) < 0 ? -errno : 0; }

int csys_pidfd(pid_t pid) {
  long fd = syscall(SYS_pidfd_open, pid, 0);
  return fd < 0 ? -errno : (int)fd;
}

int csys_reap(pid_t pid, int *exit_code, int *signal) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return -errno;
  *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return 0;
}

int csys_kill_group(pid_t pid, int signal) {
  return kill(-pid, signal) < 0 ? -errno : 0;
}

bool csys_keep_freed_memory(void) {
#ifdef __GLIBC__
  // Blocks up to the largest size that glibc takes from its heap, and a heap that never shrinks.
  return mallopt(M_MMAP_THRESHOLD, 32 << 20) == 1 && mallopt(M_TRIM_THRESHOLD, INT_MAX) == 1;
#else
  return false;
#endif
}

void csys_return_freed_memory(void) { malloc_trim(0); }
