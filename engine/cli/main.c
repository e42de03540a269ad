/* The askonce command: hands over to ask_run. */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/commands.h"

/* A standard stream that was closed (>&-) leaves its number to the next file that is opened, and what is meant for people
 * would go into that file: a lock, a database. Its number is held by something that cannot be read or written instead, so
 * that reading and writing still fail. */
static void hold_standard_files(void) {
  static const int modes[] = {[STDIN_FILENO] = O_WRONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_RDONLY};
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
    if (fcntl(file, F_GETFD) < 0) (void)open("/dev/null", modes[file]); /* the lowest free number: this one */
}

int main(int argc, char **argv) {
  hold_standard_files();
  /* A reader that went away is an error of writing, which each command reports, and not a reason to die without a
   * word. */
  signal(SIGPIPE, SIG_IGN);
  return ask_run(argc > 0 ? argc - 1 : 0, argc > 0 ? argv + 1 : argv);
}
