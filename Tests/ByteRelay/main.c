// The floor that any proxy between two pipes pays: two threads that copy bytes and look at none of them.
//
//   byte-relay PROGRAM [argument]...
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

struct way {
  int from, to;
};

static void *carry(void *argument) {
  struct way *way = argument;
  static _Thread_local char buffer[1 << 16];
  ssize_t count;
  while ((count = read(way->from, buffer, sizeof buffer)) > 0) {
    for (ssize_t done = 0; done < count;) {
      ssize_t written = write(way->to, buffer + done, (size_t)(count - done));
      if (written <= 0) return NULL;
      done += written;
    }
  }
  close(way->to);
  return NULL;
}

int main(int count, char **words) {
  int input[2], output[2];
  if (count < 2 || pipe(input) != 0 || pipe(output) != 0) return 64;
  signal(SIGPIPE, SIG_IGN);
  pid_t child = fork();
  if (child < 0) return 2;
  if (child == 0) {
    dup2(input[0], 0);
    dup2(output[1], 1);
    for (int index = 0; index < 2; index++) {
      close(input[index]);
      close(output[index]);
    }
    execvp(words[1], words + 1);
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  struct way down = {0, input[1]}, up = {output[0], 1};
  pthread_t thread;
  if (pthread_create(&thread, NULL, carry, &down) != 0) return 2;
  carry(&up);
  waitpid(child, NULL, 0);
  return 0;
}
