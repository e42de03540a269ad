/* The askonce command: hands over to ask_run. */
#include <signal.h>

#include "cli/commands.h"

int main(int argc, char **argv) {
  /* A reader that went away is an error of writing, which each command reports, and not a reason to die without a
   * word. */
  signal(SIGPIPE, SIG_IGN);
  return ask_run(argc > 0 ? argc - 1 : 0, argc > 0 ? argv + 1 : argv);
}
