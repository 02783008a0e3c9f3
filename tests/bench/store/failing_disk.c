/* Preloaded: a disk that fails one call. `disk_fail_at(part, n, error)`: from now on, the n-th call
   that changes a file whose path contains `part` fails with this errno, and only that one.
   `disk_calls()`: how many there were since. A write that fails leaves half of its data behind. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define REAL(name) __typeof__(name) *real = dlsym(RTLD_NEXT, #name)

static char part[256];
static long fails_at, calls;
static int fails_with;

void disk_fail_at(const char *of, long number, int error) {
  snprintf(part, sizeof part, "%s", of);
  fails_at = number;
  fails_with = error;
  calls = 0;
}

long disk_calls(void) { return calls; }

static int fails(int file) {
  char link[64], path[4096];
  if (!part[0]) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  if (!strstr(path, part) || ++calls != fails_at) return 0;
  errno = fails_with;
  return 1;
}

ssize_t write(int file, const void *data, size_t size) {
  REAL(write);
  if (!fails(file)) return real(file, data, size);
  real(file, data, size / 2);
  errno = fails_with;
  return -1;
}

ssize_t pwrite64(int file, const void *data, size_t size, off_t at) {
  REAL(pwrite64);
  if (!fails(file)) return real(file, data, size, at);
  real(file, data, size / 2, at);
  errno = fails_with;
  return -1;
}

int fsync(int file) {
  REAL(fsync);
  return fails(file) ? -1 : real(file);
}

int fdatasync(int file) {
  REAL(fdatasync);
  return fails(file) ? -1 : real(file);
}

int ftruncate64(int file, off_t size) {
  REAL(ftruncate64);
  return fails(file) ? -1 : real(file, size);
}
