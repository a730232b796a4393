#ifndef C_LATCH_PROCESS_H
#define C_LATCH_PROCESS_H

#include <stddef.h>
#include <sys/types.h>

/// A program to start; every pointer is only read, and only during `latch_spawn`.
struct latch_command {
  /// What `execve` gets: never searched for here (see `latch_find_program`), never handed to a shell.
  const char *program;
  /// Ends with NULL; the first is the program's name as it was written.
  const char *const *arguments;
  /// Ends with NULL; the child gets these variables and no others.
  const char *const *environment;
  /// The working directory, or NULL for ours.
  const char *directory;
  /// These become the child's 0, 1 and 2; everything else is closed.
  int standard_input;
  int standard_output;
  int standard_error;
  /// On Linux: the child is killed when the *thread* that spawned it ends, however it ends.
  int dies_with_parent;
};

/// The step at which a start failed.
enum latch_stage { latch_stage_fork = 0, latch_stage_directory = 1, latch_stage_program = 2 };

/// Starts the program in a process group of its own, with default signal handling and an empty signal mask.
/// Returns 0, or an `errno` and in `stage` where it came from; a child that could not start is already reaped.
int latch_spawn(const struct latch_command *command, pid_t *child, enum latch_stage *stage);

/// Writes to `found` the path that `name` means: itself if it holds a slash, else the first executable file of that
/// name in the absolute directories of `path` (empty and relative ones, which mean the working directory, are passed
/// over). Returns 0 or an `errno`.
int latch_find_program(const char *name, const char *path, char *found, size_t capacity);

/// A pipe whose two ends no started program inherits. Returns 0 or an `errno`.
int latch_pipe(int *read_end, int *write_end);

/// Asks after the child. Returns 0 while it runs (only if `blocking` is 0), 1 when it has ended, with `code` the exit
/// code, or the number of the signal that killed it as a negative number; -1 if there is no such child. Unless `reap`,
/// an ended child is left as it is, so that its number, and its group's, cannot be another's meanwhile.
int latch_wait(pid_t child, int blocking, int reap, int *code);

/// True if any process of the group is left, zombies included.
int latch_group_exists(pid_t group);

/// 1 if no part of the path is a symbolic link, as far as the path exists, so that it is its own real path; 0 if one is or
/// if that cannot be told, which systems other than Linux 5.6 and later never can. The path is absolute, of so many
/// bytes, and holds no `.`, no `..` and no zero.
int latch_holds_no_link(const unsigned char *path, size_t count);

/// From now on SIGTERM and SIGINT write the byte `end` to `descriptor`, SIGHUP writes `hangup` and SIGCHLD `child`;
/// SIGPIPE and SIGXFSZ do nothing: whoever writes learns it from the write.
int latch_report_signals(int descriptor, unsigned char end, unsigned char hangup, unsigned char child);

#endif
