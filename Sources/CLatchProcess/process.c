#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CLatchProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/syscall.h>
#if defined(SYS_openat2)
#include <linux/openat2.h>
#endif
#endif

int latch_pipe(int *read_end, int *write_end) {
  int ends[2];
#if defined(__linux__)
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
#else
  if (pipe(ends) != 0) return errno;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
  *read_end = ends[0];
  *write_end = ends[1];
  return 0;
}

static int is_program(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0) return errno;
  if (!S_ISREG(status.st_mode)) return EACCES;
  return access(path, X_OK) == 0 ? 0 : errno;
}

int latch_find_program(const char *name, const char *path, char *found, size_t capacity) {
  if (*name == 0) return ENOENT;
  if (strchr(name, '/') != NULL) {
    if (strlen(name) >= capacity) return ENAMETOOLONG;
    strcpy(found, name);
    return 0;
  }
  int reason = ENOENT;
  for (const char *from = path; from != NULL && *from != 0;) {
    size_t length = strcspn(from, ":");
    if (*from == '/' && length + strlen(name) + 2 <= capacity) {
      snprintf(found, capacity, "%.*s/%s", (int)length, from, name);
      int outcome = is_program(found);
      if (outcome == 0) return 0;
      if (outcome == EACCES) reason = EACCES;
    }
    from += length + (from[length] == ':');
  }
  return reason;
}

/* From here to `latch_spawn`: runs in the child between fork and exec, so only what is safe in a signal handler. */

struct failure {
  int stage;
  int reason;
};

static void fail(int report, int stage) {
  struct failure failure = {stage, errno};
  ssize_t written = write(report, &failure, sizeof failure);
  (void)written;
  _exit(127);
}

static void reset_signals(void) {
  struct sigaction standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigemptyset(&standard.sa_mask);
  for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, NULL);
}

/// What a careless parent left open is not the child's to have.
static void close_the_rest_at_exec(void) {
#if defined(__linux__) && defined(SYS_close_range)
  if (syscall(SYS_close_range, 3u, ~0u, 4u /* CLOSE_RANGE_CLOEXEC */) == 0) return;
#endif
  struct rlimit limit;
  int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536 ? (int)limit.rlim_cur : 65536;
  for (int descriptor = 3; descriptor < end; descriptor++) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

/// The three may stand in one another's place: lift them out of the way first.
static int place_descriptors(const struct latch_command *command) {
  int wanted[3] = {command->standard_input, command->standard_output, command->standard_error};
  for (int place = 0; place < 3; place++) {
    wanted[place] = fcntl(wanted[place], F_DUPFD_CLOEXEC, 3);
    if (wanted[place] < 0) return -1;
  }
  for (int place = 0; place < 3; place++) {
    if (dup2(wanted[place], place) < 0) return -1;
  }
  return 0;
}

static void become(const struct latch_command *command, int report, pid_t parent) {
  reset_signals();
  setpgid(0, 0);
#if defined(__linux__)
  if (command->dies_with_parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
  }
#else
  (void)parent;
#endif
  report = fcntl(report, F_DUPFD_CLOEXEC, 3);
  if (report < 0) _exit(127);
  if (place_descriptors(command) != 0) fail(report, latch_stage_fork);
  close_the_rest_at_exec();
  if (command->directory != NULL && chdir(command->directory) != 0) fail(report, latch_stage_directory);
  execve(command->program, (char *const *)command->arguments, (char *const *)command->environment);
  fail(report, latch_stage_program);
}

int latch_spawn(const struct latch_command *command, pid_t *child, enum latch_stage *stage) {
  *stage = latch_stage_fork;
  int reading, writing;
  int outcome = latch_pipe(&reading, &writing);
  if (outcome != 0) return outcome;
  sigset_t every, before;
  sigfillset(&every);
  pthread_sigmask(SIG_SETMASK, &every, &before);
  pid_t parent = getpid();
  pid_t made = fork();
  if (made == 0) become(command, writing, parent);
  int reason = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(writing);
  if (made < 0) {
    close(reading);
    return reason;
  }
  setpgid(made, made);
  struct failure failure;
  ssize_t got;
  do got = read(reading, &failure, sizeof failure);
  while (got < 0 && errno == EINTR);
  close(reading);
  if (got == (ssize_t)sizeof failure) {
    while (waitpid(made, NULL, 0) < 0 && errno == EINTR) {}
    *stage = (enum latch_stage)failure.stage;
    return failure.reason;
  }
  *child = made;
  return 0;
}

int latch_wait(pid_t child, int blocking, int reap, int *code) {
  siginfo_t ended;
  memset(&ended, 0, sizeof ended);
  int options = WEXITED | (blocking ? 0 : WNOHANG) | (reap ? 0 : WNOWAIT);
  int outcome;
  do outcome = waitid(P_PID, (id_t)child, &ended, options);
  while (outcome != 0 && errno == EINTR);
  if (outcome != 0) return -1;
  if (ended.si_pid == 0) return 0;
  *code = ended.si_code == CLD_EXITED ? ended.si_status : -ended.si_status;
  return 1;
}

int latch_group_exists(pid_t group) { return kill(-group, 0) == 0 || errno == EPERM; }

int latch_holds_no_link(const unsigned char *path, size_t count) {
#if defined(__linux__) && defined(SYS_openat2)
  char text[PATH_MAX];
  if (count >= sizeof text) return 0;
  memcpy(text, path, count);
  text[count] = 0;
  struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS};
  int opened = (int)syscall(SYS_openat2, AT_FDCWD, text, &how, sizeof how);
  if (opened >= 0) return close(opened), 1;
  // The walk ended at the first part that is not there; those before it were no links. EACCES says less: the last part
  // may be a link that only those may follow who resolve it themselves (fs.protected_symlinks).
  return errno == ENOENT || errno == ENOTDIR;
#else
  (void)path;
  (void)count;
  return 0;
#endif
}

static volatile sig_atomic_t reported_descriptor = -1;
static unsigned char reported_end;
static unsigned char reported_hangup;
static unsigned char reported_child;

static void report_signal(int number) {
  int before = errno;
  unsigned char value = number == SIGHUP ? reported_hangup : number == SIGCHLD ? reported_child : reported_end;
  ssize_t written = write((int)reported_descriptor, &value, 1);
  (void)written;
  errno = before;
}

int latch_report_signals(int descriptor, unsigned char end, unsigned char hangup, unsigned char child) {
  reported_child = child;
  reported_end = end;
  reported_hangup = hangup;
  reported_descriptor = descriptor;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  action.sa_handler = SIG_IGN;
  if (sigaction(SIGPIPE, &action, NULL) != 0 || sigaction(SIGXFSZ, &action, NULL) != 0) return errno;
  action.sa_handler = report_signal;
  int reported[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
  for (size_t place = 0; place < sizeof reported / sizeof *reported; place++) {
    if (sigaction(reported[place], &action, NULL) != 0) return errno;
  }
  return 0;
}
