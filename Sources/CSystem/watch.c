#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

int csys_watch_open(void) {
  int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  return fd < 0 ? -errno : fd;
}

int csys_watch_add(int watch, int directory) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", directory);
  int number = inotify_add_watch(watch, path,
                                 IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_MOVED_TO |
                                     IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF |
                                     IN_ONLYDIR);
  return number < 0 ? -errno : number;
}

int csys_watch_remove(int watch, int number) {
  return inotify_rm_watch(watch, number) < 0 ? -errno : 0;
}

int csys_watch_drain(int watch) {
  _Alignas(struct inotify_event) char buffer[16384];
  int flags = 0;
  for (;;) {
    ssize_t length = read(watch, buffer, sizeof buffer);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0 && errno == EAGAIN) return flags;
    if (length < 0) return -errno;
    if (length == 0) return flags;
    for (char *at = buffer; at < buffer + length;) {
      const struct inotify_event *event = (const struct inotify_event *)at;
      bool lost = event->mask & (IN_Q_OVERFLOW | IN_IGNORED | IN_MOVE_SELF | IN_DELETE_SELF |
                                 IN_UNMOUNT);
      if (event->mask & IN_Q_OVERFLOW) flags |= CSYS_WATCH_OVERFLOWED;
      flags |= lost ? CSYS_WATCH_LOST | CSYS_WATCH_CHANGED : CSYS_WATCH_CHANGED;
      at += sizeof *event + event->len;
    }
  }
}
