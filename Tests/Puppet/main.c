// An MCP server of few instructions that misbehaves as it is told, for tests and measurements.
//
//   puppet TOOLS [how]...
//
// TOOLS is a file with the result of `tools/list`. It answers `initialize`, `tools/list`, `ping` and `server/discover`,
// and any other request with the very line that it got, as text. How:
//   banner         says hello on standard output first
//   deaf           ignores SIGTERM and the end of its input
//   dies-on-call   exits with 7 when a tool is called, without an answer
//   floods         writes four megabytes to standard error before it answers a call
//   escapes        writes terminal commands to standard error before it answers a call
//   twice          answers each call twice, and once more under an id that nobody used
//   garbles        answers calls with a line that is no JSON
//   closes         closes standard output when a tool is called, and stays
//   asks           asks the client for sampling, its roots and an elicitation when a tool is called
//   brood          starts a child that outlives it unless the group is killed
//   silent         never answers `tools/list`
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int says(int count, char **words, const char *how) {
  for (int index = 2; index < count; index++) {
    if (strcmp(words[index], how) == 0) return 1;
  }
  return 0;
}

/// The value of the first member of that name: good enough for a peer that writes the envelope first.
static int member(const char *line, const char *name, char *value, size_t room) {
  char pattern[64];
  snprintf(pattern, sizeof pattern, "\"%s\":", name);
  const char *from = strstr(line, pattern);
  if (from == NULL) return 0;
  from += strlen(pattern);
  while (*from == ' ') from++;
  size_t length = *from == '"' ? strcspn(from + 1, "\"") + 2 : strcspn(from, ",}");
  if (length >= room) return 0;
  memcpy(value, from, length);
  value[length] = 0;
  return 1;
}

static char output[40 << 20];

static void say(const char *text, size_t length) {
  while (length > 0) {
    ssize_t written = write(1, text, length);
    if (written <= 0) exit(3);
    text += written;
    length -= (size_t)written;
  }
}

static void answer(const char *id, const char *result) {
  int length = snprintf(output, sizeof output, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}\n", id, result);
  say(output, (size_t)length);
}

static void echo(const char *id, const char *line) {
  char *to = output;
  to += sprintf(to, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"", id);
  for (; *line != 0; line++) {
    if (*line == '"' || *line == '\\') *to++ = '\\';
    *to++ = *line;
  }
  to += sprintf(to, "\"}]}}\n");
  say(output, (size_t)(to - output));
}

static void misbehave(int count, char **words, const char *id) {
  if (says(count, words, "dies-on-call")) exit(7);
  if (says(count, words, "closes")) {
    close(1);
    for (;;) pause();
  }
  if (says(count, words, "floods")) {
    char line[1024];
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\n';
    for (int index = 0; index < 4096; index++) {
      if (write(2, line, sizeof line) < 0) exit(4);
    }
  }
  if (says(count, words, "escapes")) fprintf(stderr, "\033[2Jgone \r\a\xe2\x80\xae turned\n");
  if (says(count, words, "asks")) {
    const char *asked[] = {"sampling/createMessage", "roots/list", "elicitation/create", "made/up"};
    for (int index = 0; index < 4; index++) {
      int length = snprintf(
          output, sizeof output, "{\"jsonrpc\":\"2.0\",\"id\":\"ask-%d\",\"method\":\"%s\",\"params\":{}}\n", index,
          asked[index]);
      say(output, (size_t)length);
    }
  }
  if (says(count, words, "garbles")) say("{\"jsonrpc\":\"2.0\",\n", 17);
  if (says(count, words, "twice")) {
    answer("\"nobody\"", "{\"content\":[]}");
    answer(id, "{\"content\":[]}");
  }
}

static void handle(int count, char **words, const char *line, const char *tools) {
  char id[256], method[128], version[64] = "\"2025-06-18\"";
  if (!member(line, "method", method, sizeof method) || !member(line, "id", id, sizeof id)) return;
  if (strcmp(method, "\"initialize\"") == 0) {
    char result[512];
    member(line, "protocolVersion", version, sizeof version);
    snprintf(
        result, sizeof result,
        "{\"protocolVersion\":%s,\"capabilities\":{\"tools\":{\"listChanged\":true},\"logging\":{}},"
        "\"serverInfo\":{\"name\":\"puppet\",\"version\":\"1\"}}",
        version);
    answer(id, result);
  } else if (strcmp(method, "\"tools/list\"") == 0) {
    if (!says(count, words, "silent")) answer(id, tools);
  } else if (strcmp(method, "\"ping\"") == 0) {
    answer(id, "{}");
  } else {
    if (strcmp(method, "\"tools/call\"") == 0) misbehave(count, words, id);
    echo(id, line);
  }
}

int main(int count, char **words) {
  static char tools[1 << 20];
  FILE *file = count > 1 ? fopen(words[1], "r") : NULL;
  if (file == NULL) return 64;
  tools[fread(tools, 1, sizeof tools - 1, file)] = 0;
  tools[strcspn(tools, "\n")] = 0;
  fclose(file);
  if (says(count, words, "banner")) say("hello, I am a server\n", 21);
  if (says(count, words, "deaf")) signal(SIGTERM, SIG_IGN);
  if (says(count, words, "brood") && fork() == 0) {
    for (;;) pause();
  }
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  while ((length = getline(&line, &room, stdin)) > 0) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    handle(count, words, line, tools);
  }
  while (says(count, words, "deaf")) pause();
  return 0;
}
