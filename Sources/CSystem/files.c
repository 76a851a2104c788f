#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/xattr.h>
#include <unistd.h>

// The same promise as openat2's, one component at a time, for kernels and sandboxes without it.
static int open_each_component(int directory, const char *path, int flags, mode_t mode) {
  int here = fcntl(directory, F_DUPFD_CLOEXEC, 0);
  if (here < 0) return -errno;
  for (;;) {
    size_t length = strcspn(path, "/");
    char name[256];
    if (length == 0 || length >= sizeof name || (length == 2 && memcmp(path, "..", 2) == 0)) {
      close(here);
      return length >= sizeof name ? -ENAMETOOLONG : -EXDEV;
    }
    memcpy(name, path, length);
    name[length] = 0;
    bool last = path[length] == 0;
    int next = last ? openat(here, name, flags | O_NOFOLLOW | O_CLOEXEC, mode)
                    : openat(here, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int error = errno;
    close(here);
    if (next < 0) return -error;
    if (last) return next;
    here = next;
    path += length + 1;
  }
}

int csys_open_beneath(int directory, const char *path, int flags, mode_t mode) {
  struct open_how how = {
      .flags = (uint64_t)(unsigned)(flags | O_CLOEXEC),
      .mode = (flags & O_CREAT) ? mode : 0,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  for (int tries = 0;; tries++) {
    long fd = syscall(SYS_openat2, directory, path, &how, sizeof how);
    if (fd >= 0) return (int)fd;
    // A rename elsewhere may disturb the walk; the kernel asks to try again.
    if ((errno == EAGAIN && tries < 64) || errno == EINTR) continue;
    if (errno == ENOSYS || errno == EPERM) break;
    return -errno;
  }
  return open_each_component(directory, path, flags, mode);
}

int csys_open_folder(int directory, const char *path) {
  return csys_open_beneath(directory, path, O_PATH | O_DIRECTORY, 0);
}

// For file systems that cannot refuse to replace: NFS and most of FUSE. Somebody who creates the
// name in between loses what he put there; the daemon itself never does.
static int rename_after_look(int old_directory, const char *old_name, int new_directory,
                             const char *new_name) {
  struct stat info;
  if (fstatat(new_directory, new_name, &info, AT_SYMLINK_NOFOLLOW) == 0) return -EEXIST;
  if (errno != ENOENT) return -errno;
  return renameat(old_directory, old_name, new_directory, new_name) < 0 ? -errno : 0;
}

int csys_rename(int old_directory, const char *old_name, int new_directory, const char *new_name,
                bool replace) {
  unsigned flags = replace ? 0u : 1u;  // RENAME_NOREPLACE
  long result =
      syscall(SYS_renameat2, old_directory, old_name, new_directory, new_name, flags);
  if (result == 0) return 0;
  if (errno != EINVAL || replace) return -errno;
  return rename_after_look(old_directory, old_name, new_directory, new_name);
}

int csys_space(int fd, uint64_t *free_bytes, uint64_t *type) {
  struct statfs info;
  if (fstatfs(fd, &info) < 0) return -errno;
  *free_bytes = (uint64_t)info.f_bavail * (uint64_t)info.f_bsize;
  *type = (uint64_t)(unsigned long)info.f_type;
  return 0;
}

// Before Linux 5.8 the call ends well although something could not be written.
static bool syncfs_tells_errors(void) {
  struct utsname name;
  unsigned major = 0, minor = 0;
  if (uname(&name) < 0 || sscanf(name.release, "%u.%u", &major, &minor) != 2) return false;
  return major > 5 || (major == 5 && minor >= 8);
}

int csys_sync_everything(int fd) {
  struct statfs info;
  if (fstatfs(fd, &info) < 0) return -errno;
  switch ((uint32_t)info.f_type) {
    case EXT4_SUPER_MAGIC:
    case XFS_SUPER_MAGIC:
    case BTRFS_SUPER_MAGIC:
    case F2FS_SUPER_MAGIC:
    case TMPFS_MAGIC:
      break;
    default:
      return -EOPNOTSUPP;
  }
  if (!syncfs_tells_errors()) return -EOPNOTSUPP;
  return syncfs(fd) < 0 ? -errno : 0;
}

bool csys_is_remote(uint64_t type) {
  switch ((uint32_t)type) {
    case NFS_SUPER_MAGIC:
    case SMB_SUPER_MAGIC:
    case 0xFF534D42u:  // CIFS
    case 0xFE534D42u:  // SMB2
    case 0x65735546u:  // FUSE
    case 0x01021997u:  // 9p
      return true;
    default:
      return false;
  }
}

int csys_lock(int fd) { return flock(fd, LOCK_EX | LOCK_NB) < 0 ? -errno : 0; }

int csys_share_lock(int fd) { return flock(fd, LOCK_SH | LOCK_NB) < 0 ? -errno : 0; }

ssize_t csys_get_attribute(int fd, const char *name, void *value, size_t size) {
  ssize_t length = fgetxattr(fd, name, value, size);
  return length < 0 ? -errno : length;
}

int csys_set_attribute(int fd, const char *name, const void *value, size_t size) {
  return fsetxattr(fd, name, value, size, 0) < 0 ? -errno : 0;
}

bool csys_contains(const void *text, size_t length, const void *part, size_t size) {
  return memmem(text, length, part, size) != NULL;
}
