/* Preloaded into the program: a disk that hangs, as a network drive or a broken stick does.

   HANG_PATH   part of the path of the files that hang
   HANG_CALLS  which calls on them hang: open, write, fsync
   HANG_FROM   a file; it hangs only while that file is there

   Who hangs sleeps as the kernel lets him in front of such a disk (state D): he takes no signal, and
   can only be killed. vfork's parent does just that. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define REAL(name) __typeof__(name) *real = dlsym(RTLD_NEXT, #name)

static void touch(const char *call, const char *path) {
  const char *part = getenv("HANG_PATH"), *calls = getenv("HANG_CALLS"), *from = getenv("HANG_FROM");
  if (!part || !calls || !from || !strstr(calls, call) || !strstr(path, part)) return;
  if (access(from, F_OK) == 0 && vfork() == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sleep(600);
    _exit(0);
  }
}

static void touch_open(const char *call, int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size < 0) return;
  path[size] = 0;
  touch(call, path);
}

static int mode_of(int flags, va_list more) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0; }

int open(const char *path, int flags, ...) {
  REAL(open);
  va_list more;
  va_start(more, flags);
  int mode = mode_of(flags, more);
  va_end(more);
  touch("open", path);
  return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  REAL(open64);
  va_list more;
  va_start(more, flags);
  int mode = mode_of(flags, more);
  va_end(more);
  touch("open", path);
  return real(path, flags, mode);
}

ssize_t write(int file, const void *data, size_t size) {
  REAL(write);
  touch_open("write", file);
  return real(file, data, size);
}

ssize_t pwrite64(int file, const void *data, size_t size, off_t at) {
  REAL(pwrite64);
  touch_open("write", file);
  return real(file, data, size, at);
}

int fsync(int file) {
  REAL(fsync);
  touch_open("fsync", file);
  return real(file);
}

int fdatasync(int file) {
  REAL(fdatasync);
  touch_open("fsync", file);
  return real(file);
}
