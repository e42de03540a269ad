/* Runs a fuzz target over every file in the folders given, so that a corpus is replayed without libFuzzer.
 * usage: fuzz_<name> FOLDER...      prints how many files ran; 1 if there was none or one could not be read */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PATH_LIMIT = 4096 };

/* The whole file in memory of exactly its size; NULL after saying why. */
static uint8_t *read_file(const char *path, size_t *ret_size) {
  FILE *file = fopen(path, "rb");
  struct stat status;
  if (!file || fstat(fileno(file), &status) != 0) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    if (file) fclose(file);
    return NULL;
  }
  size_t size = (size_t)status.st_size;
  uint8_t *bytes = malloc(size ? size : 1);
  if (bytes && fread(bytes, 1, size, file) != size) {
    fprintf(stderr, "%s: cannot be read to its end\n", path);
    free(bytes);
    bytes = NULL;
  }
  fclose(file);
  *ret_size = size;
  return bytes;
}

static int is_file(const struct dirent *entry) { return entry->d_name[0] != '.'; }

/* Runs the files of a folder in the order of their names. Returns how many; -1 after saying what went wrong. */
static long replay_folder(const char *folder) {
  struct dirent **entries = NULL;
  int count = scandir(folder, &entries, is_file, alphasort);
  if (count < 0) {
    fprintf(stderr, "%s: %s\n", folder, strerror(errno));
    return -1;
  }
  long done = 0;
  for (int i = 0; i < count; i++) {
    char path[PATH_LIMIT];
    int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
    free(entries[i]);
    struct stat status;
    if (done < 0) continue;
    if (length >= PATH_LIMIT || stat(path, &status) != 0) {
      fprintf(stderr, "%s: cannot be found\n", path);
      done = -1;
      continue;
    }
    if (!S_ISREG(status.st_mode)) continue;
    size_t size = 0;
    uint8_t *bytes = read_file(path, &size);
    if (!bytes) {
      done = -1;
      continue;
    }
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    done++;
  }
  free(entries);
  return done;
}

int main(int argc, char **argv) {
  long total = 0;
  for (int i = 1; i < argc; i++) {
    long done = replay_folder(argv[i]);
    if (done < 0) return 1;
    total += done;
  }
  printf("%ld inputs\n", total);
  return total == 0;
}
