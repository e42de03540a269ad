/* The server's settings: one table, and the four places they come from. Not for what they mean: see http/ and
 * cli/command_serve.c. */
#include "service/config.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "service/file.h"
#include "yaml/yaml.h"
#include "json/put.h"

extern char **environ;

enum kind { TEXT, NUMBER, WORD, FLAG };

struct row {
  const char *name; /* as in the file: listen.port is port below listen */
  enum kind kind;
  size_t member;        /* offset in struct ask_config */
  const char *standard; /* the default in words; NULL: not set, or worked out from others */
  int64_t least, most;  /* NUMBER */
  const char *words;    /* WORD, FLAG: "off, errors, info" */
  const char *variable; /* of the environment */
  const char *flag;     /* of `serve`; NULL: none */
};

#define AT(field) offsetof(struct ask_config, field)
/* In the order in which `config show` prints them. docs/operator-guide.md has the same table. */
static const struct row ROWS[] = {
    {"listen.host", TEXT, AT(host), "127.0.0.1", 0, 0, NULL, "ASKONCE_HOST", "--host"},
    {"listen.port", NUMBER, AT(port), "8080", 0, 65535, NULL, "ASKONCE_PORT", "--port"},
    {"tls.certificate", TEXT, AT(tls_certificate), NULL, 0, 0, NULL, "ASKONCE_TLS_CERTIFICATE", NULL},
    {"tls.key", TEXT, AT(tls_key), NULL, 0, 0, NULL, "ASKONCE_TLS_KEY", NULL},
    {"data", TEXT, AT(data), "./var", 0, 0, NULL, "ASKONCE_VAR", "--data"},
    {"store", TEXT, AT(store), NULL, 0, 0, NULL, "ASKONCE_STORE", "--store"},
    {"rules.forms", TEXT, AT(forms), NULL, 0, 0, NULL, "ASKONCE_FORMS", "--forms"},
    {"rules.plugins", TEXT, AT(plugins), NULL, 0, 0, NULL, "ASKONCE_PLUGINS", "--plugins"},
    {"rules.pack", TEXT, AT(pack), "all", 0, 0, NULL, "ASKONCE_PACK", "--pack"},
    {"rules.default_packs", TEXT, AT(default_packs), NULL, 0, 0, NULL, "ASKONCE_DEFAULT_PACKS", NULL},
    {"app.enabled", FLAG, AT(app), "true", 0, 0, "true, false", "ASKONCE_APP", NULL},
    {"app.web", TEXT, AT(web), NULL, 0, 0, NULL, "ASKONCE_WEB", "--web"},
    {"app.test_languages", FLAG, AT(test_languages), "false", 0, 0, "true, false", "ASKONCE_TEST_LANGUAGES", NULL},
    {"server.threads", NUMBER, AT(threads), "0", 0, 1024, NULL, "ASKONCE_THREADS", NULL},
    {"server.drain_seconds", NUMBER, AT(drain_seconds), "30", 1, 3600, NULL, "ASKONCE_DRAIN_SECONDS", NULL},
    {"limits.connections", NUMBER, AT(connections), "8192", 1, 1000000, NULL, "ASKONCE_CONNECTIONS", NULL},
    {"limits.connections_per_address", NUMBER, AT(connections_per_address), "0", 0, 1000000, NULL,
     "ASKONCE_CONNECTIONS_PER_ADDRESS", NULL},
    {"limits.body_bytes", NUMBER, AT(body_bytes), "1048576", 1024, 16 * 1024 * 1024, NULL, "ASKONCE_BODY_BYTES", NULL},
    {"limits.header_bytes", NUMBER, AT(header_bytes), "16384", 1024, 1024 * 1024, NULL, "ASKONCE_HEADER_BYTES", NULL},
    {"limits.idle_seconds", NUMBER, AT(idle_seconds), "30", 1, 3600, NULL, "ASKONCE_IDLE_SECONDS", NULL},
    {"limits.request_seconds", NUMBER, AT(request_seconds), "20", 1, 3600, NULL, "ASKONCE_REQUEST_SECONDS", NULL},
    {"limits.requests_per_second", NUMBER, AT(requests_per_second), "0", 0, 1000000, NULL,
     "ASKONCE_REQUESTS_PER_SECOND", NULL},
    {"limits.burst", NUMBER, AT(burst), NULL, 1, 10000000, NULL, "ASKONCE_BURST", NULL},
    {"limits.queued_writes", NUMBER, AT(queue), "4096", 1, 1000000, NULL, "ASKONCE_QUEUED_WRITES", NULL},
    {"accounts.idle_minutes", NUMBER, AT(account_idle_minutes), "30", 1, 1440, NULL, "ASKONCE_ACCOUNT_IDLE_MINUTES",
     NULL},
    {"accounts.session_hours", NUMBER, AT(account_session_hours), "12", 1, 168, NULL, "ASKONCE_ACCOUNT_SESSION_HOURS",
     NULL},
    {"accounts.lockout_tries", NUMBER, AT(account_lockout_tries), "5", 1, 100, NULL, "ASKONCE_ACCOUNT_LOCKOUT_TRIES",
     NULL},
    {"accounts.lockout_seconds", NUMBER, AT(account_lockout_seconds), "60", 1, 86400, NULL,
     "ASKONCE_ACCOUNT_LOCKOUT_SECONDS", NULL},
    {"log.level", WORD, AT(log), "info", 0, 0, "off, errors, info", "ASKONCE_LOG", NULL},
};
enum { COUNT = sizeof ROWS / sizeof *ROWS, TEXT_LIMIT = 4096 };
/* Variables that are no settings: where forms/ and plugins/ are, and which file to read. */
static const char *const OTHER_VARIABLES[] = {"ASKONCE_DATA", "ASKONCE_CONFIG"};

struct value {
  const char *text; /* NULL: not set */
  enum ask_config_origin origin;
  const char *where;
};

struct reader {
  struct ask_arena *arena;
  struct ask_problems *problems;
  struct value values[COUNT];
};

/* ---- one value ------------------------------------------------------------------------------------------------------ */

static int find(const char *name) {
  for (int i = 0; i < COUNT; i++)
    if (strcmp(ROWS[i].name, name) == 0) return i;
  return -1;
}

/* Whole numbers without a sign, blanks or a leading zero. */
static bool read_number(const char *text, int64_t least, int64_t most, int64_t *ret) {
  size_t length = strspn(text, "0123456789");
  if (!length || text[length] || length > 15 || (length > 1 && text[0] == '0')) return false;
  int64_t number = strtoll(text, NULL, 10);
  if (number < least || number > most) return false;
  *ret = number;
  return true;
}

/* Is `text` one of "off, errors, info"? */
static bool is_word(const char *words, const char *text) {
  size_t length = strlen(text);
  for (const char *at = words; length && at; at = strstr(at, ", ")) {
    if (*at == ',') at += 2;
    if (strcspn(at, ",") == length && memcmp(at, text, length) == 0) return true;
  }
  return false;
}

static bool is_clean(const char *text) {
  size_t length = strlen(text);
  if (length > TEXT_LIMIT || !ask_utf8_valid(text, length)) return false;
  for (size_t i = 0; i < length; i++)
    if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) return false;
  return true;
}

/* What a value of this row has to be, when this is none; NULL: it is one. */
static const char *needs(struct reader *r, const struct row *row, const char *text) {
  int64_t number;
  switch (row->kind) {
  case NUMBER:
    if (read_number(text, row->least, row->most, &number)) return NULL;
    return ask_printf(r->arena, "a whole number from %lld to %lld", (long long)row->least, (long long)row->most);
  case WORD:
  case FLAG: return is_word(row->words, text) ? NULL : ask_printf(r->arena, "one of %s", row->words);
  default: return is_clean(text) && *text ? NULL : "a text of at most 4,096 bytes without control characters";
  }
}
_Static_assert(TEXT_LIMIT == 4096, "the message above says so");

/* The url without its password. */
static const char *without_password(struct ask_arena *arena, const char *url) {
  const char *scheme = strstr(url, "://");
  if (!scheme) return url;
  const char *user = scheme + 3, *at = user + strcspn(user, "@/");
  const char *colon = *at == '@' ? memchr(user, ':', (size_t)(at - user)) : NULL;
  if (colon) url = ask_printf(arena, "%.*s:***%s", (int)(colon - url), url, at);
  for (const char *secret = url; (secret = strstr(secret, "password="));) {
    size_t before = (size_t)(secret - url) + strlen("password=");
    url = ask_printf(arena, "%.*s***%s", (int)before, url, url + before + strcspn(url + before, "&"));
    secret = url + before;
  }
  return url;
}

/* `at` for files, `source` for the rest: ASKONCE_PORT, --port. */
static void set(struct reader *r, int row, const char *text, enum ask_config_origin origin, struct ask_place at,
                const char *source) {
  const char *needed = needs(r, &ROWS[row], text);
  if (needed) {
    const char *shown = is_clean(text) ? ask_yaml_quoted(r->problems, text) : "what is there";
    if (row == find("store")) shown = without_password(r->arena, shown);
    ask_problem_add(r->problems, ASK_ERROR, "bad-setting", at, source, NULL, "%s needs %s, not '%s'", ROWS[row].name,
                    needed, shown);
    return;
  }
  r->values[row] = (struct value){ask_strdup(r->arena, text), origin, source};
  if (at.file) r->values[row].where = ask_printf(r->arena, "%s:%d", at.file, at.line);
}

/* ---- the file ------------------------------------------------------------------------------------------------------- */

static bool in_group(const char *name, const char *group, size_t length) {
  return strncmp(name, group, length) == 0 && name[length] == '.';
}

static bool is_group(const char *name) {
  for (int i = 0; i < COUNT; i++)
    if (in_group(ROWS[i].name, name, strlen(name))) return true;
  return false;
}

/* "did you mean ...?" among the keys that can stand there, or where a key of that name belongs. */
static void unknown_key(struct reader *r, const struct ask_raw *raw, const char *group) {
  const char *names[2 * COUNT], *hint = NULL;
  size_t count = 0;
  for (int i = 0; i < COUNT; i++) {
    const char *dot = strchr(ROWS[i].name, '.');
    if (group && in_group(ROWS[i].name, group, strlen(group))) names[count++] = dot + 1;
    if (!group) names[count++] = dot ? ask_strndup(r->arena, ROWS[i].name, (size_t)(dot - ROWS[i].name)) : ROWS[i].name;
    if (dot && strcmp(dot + 1, raw->key) == 0)
      hint = ask_printf(r->arena, "it belongs below %.*s", (int)(dot - ROWS[i].name), ROWS[i].name);
  }
  const char *near = ask_did_you_mean(raw->key, names, count);
  if (near) {
    hint = ask_printf(r->arena, "did you mean %s?", near);
  } else if (!hint) {
    hint = group ? "it can hold:" : "there are:";
    for (size_t i = 0; i < count; i++)
      if (!i || strcmp(names[i], names[i - 1]) != 0)
        hint = ask_printf(r->arena, "%s%s %s", hint, i ? "," : "", names[i]);
  }
  ask_problem_add(r->problems, ASK_ERROR, "unknown-key", raw->key_at, NULL, hint, "there is no setting '%s%s%s'",
                  group ? group : "", group ? "." : "", ask_yaml_quoted(r->problems, raw->key));
}

static void set_from_file(struct reader *r, int row, const struct ask_raw *raw) {
  static const char *const kinds[] = {
      [ASK_RAW_NULL] = "nothing", [ASK_RAW_BOOL] = "true or false", [ASK_RAW_NUMBER] = "a number",
      [ASK_RAW_TEXT] = "a text",  [ASK_RAW_ARRAY] = "a list",       [ASK_RAW_OBJECT] = "a mapping"};
  bool number = ROWS[row].kind == NUMBER, flag = ROWS[row].kind == FLAG;
  if (raw->kind == ASK_RAW_NULL) return; /* `pack:` with nothing behind it: as if it were not there */
  if ((raw->kind == ASK_RAW_NUMBER && !flag) || (raw->kind == ASK_RAW_TEXT && !number) ||
      (raw->kind == ASK_RAW_BOOL && flag)) {
    set(r, row, raw->text, ASK_FROM_FILE, raw->at, NULL);
    return;
  }
  ask_problem_add(r->problems, ASK_ERROR, "wrong-type", raw->at, NULL, NULL, "%s needs %s, not %s", ROWS[row].name,
                  number ? "a number"
                  : flag ? "true or false"
                         : "a text",
                  kinds[raw->kind]);
}

static void read_group(struct reader *r, const struct ask_raw *group) {
  if (group->kind == ASK_RAW_NULL) return;
  if (group->kind != ASK_RAW_OBJECT) {
    ask_problem_add(r->problems, ASK_ERROR, "wrong-type", group->at, NULL,
                    "write its settings on the lines below, indented", "%s needs a mapping", group->key);
    return;
  }
  for (size_t i = 0; i < group->child_count; i++) {
    const struct ask_raw *raw = &group->children[i];
    int row = find(ask_printf(r->arena, "%s.%s", group->key, raw->key));
    if (row >= 0)
      set_from_file(r, row, raw);
    else
      unknown_key(r, raw, group->key);
  }
}

/* A file of comments alone says nothing, and that is fine. */
static const struct ask_raw *read_yaml(struct reader *r, const char *file, struct ask_bytes bytes) {
  struct ask_problems found = {.arena = r->arena};
  const struct ask_raw *root = ask_yaml_read(r->arena, file, bytes.bytes, bytes.length, &found);
  for (size_t i = 0; i < found.count; i++) {
    const struct ask_problem *p = &found.list[i];
    if (strcmp(p->code, "empty-file") == 0) continue;
    ask_problem_add(r->problems, p->severity, p->code, p->at, p->path, p->hint, "%s", p->message);
  }
  return root;
}

static void read_file(struct reader *r, const char *file) {
  struct ask_bytes bytes = ask_file_read(r->arena, file, ASK_SOURCE_LIMIT, r->problems);
  const struct ask_raw *root = bytes.bytes ? read_yaml(r, file, bytes) : NULL;
  if (!root) return;
  if (root->kind != ASK_RAW_OBJECT) {
    ask_problem_add(r->problems, ASK_ERROR, "wrong-type", root->at, NULL, "write a line such as `data: ./var`",
                    "settings are a mapping: keys with values");
    return;
  }
  for (size_t i = 0; i < root->child_count; i++) {
    const struct ask_raw *raw = &root->children[i];
    int row = strchr(raw->key, '.') ? -1 : find(raw->key);
    if (row >= 0)
      set_from_file(r, row, raw);
    else if (is_group(raw->key))
      read_group(r, raw);
    else
      unknown_key(r, raw, NULL);
  }
}

/* ---- environment and command line ------------------------------------------------------------------------------------ */

static void read_environment(struct reader *r) {
  const char *names[COUNT + sizeof OTHER_VARIABLES / sizeof *OTHER_VARIABLES];
  size_t count = 0;
  for (int i = 0; i < COUNT; i++) {
    const char *text = getenv(ROWS[i].variable);
    names[count++] = ROWS[i].variable;
    if (text && *text) set(r, i, text, ASK_FROM_ENVIRONMENT, ASK_NOWHERE, ROWS[i].variable);
  }
  for (size_t i = 0; i < sizeof OTHER_VARIABLES / sizeof *OTHER_VARIABLES; i++) names[count++] = OTHER_VARIABLES[i];
  /* One that is no setting may be somebody else's; one that is nearly a setting is a slip. */
  for (char **at = environ; at && *at; at++) {
    if (strncmp(*at, "ASKONCE_", 8) != 0 || !strchr(*at, '=')) continue;
    const char *name = ask_strndup(r->arena, *at, strcspn(*at, "="));
    bool known = false;
    for (size_t i = 0; i < count && !known; i++) known = strcmp(names[i], name) == 0;
    const char *near = known || !is_clean(name) ? NULL : ask_did_you_mean(name, names, count);
    if (near)
      ask_problem_add(r->problems, ASK_WARNING, "unknown-variable", ASK_NOWHERE, name,
                      ask_printf(r->arena, "did you mean %s?", near), "no setting has this variable");
  }
}

static void read_words(struct reader *r, const struct ask_config_word *words, size_t count) {
  for (size_t i = 0; i < count; i++) {
    int row = find(words[i].name);
    if (row >= 0 && words[i].value) set(r, row, words[i].value, ASK_FROM_COMMAND, ASK_NOWHERE, words[i].flag);
  }
}

/* ---- all together ---------------------------------------------------------------------------------------------------- */

static bool is_loopback(const char *host) {
  return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
         (strncmp(host, "127.", 4) == 0 && host[strspn(host, "0123456789.")] == '\0');
}

static struct ask_place no_place(void) { return (struct ask_place){0}; }

static void check(struct reader *r, const struct ask_config *config) {
  if (!config->tls_certificate != !config->tls_key)
    ask_problem_add(r->problems, ASK_ERROR, "tls-half", no_place(), config->tls_key ? "tls.certificate" : "tls.key",
                    "name both, or neither for plain HTTP", "TLS needs a certificate and its key");
  if (!config->tls_key && config->host && !is_loopback(config->host))
    ask_problem_add(r->problems, ASK_WARNING, "no-tls", no_place(), "listen.host",
                    "set tls.certificate and tls.key, or listen on 127.0.0.1 behind a proxy that does TLS",
                    "answers and keys would cross the network in the clear at %s", config->host);
}

static void fill(struct reader *r, struct ask_config *config) {
  for (int i = 0; i < COUNT; i++) {
    char *member = (char *)config + ROWS[i].member;
    const char *text = r->values[i].text;
    if (ROWS[i].kind == NUMBER) {
      int64_t number = 0;
      if (text) (void)read_number(text, ROWS[i].least, ROWS[i].most, &number);
      memcpy(member, &number, sizeof number);
    } else if (ROWS[i].kind == FLAG) {
      bool flag = text && strcmp(text, "true") == 0;
      memcpy(member, &flag, sizeof flag);
    } else {
      memcpy(member, &text, sizeof text);
    }
  }
}

/* Settings that follow from others unless they are given. */
static void work_out(struct reader *r) {
  int store = find("store"), burst = find("limits.burst");
  if (!r->values[store].text)
    r->values[store].text =
        ask_printf(r->arena, "sqlite:%s", ask_path_join(r->arena, r->values[find("data")].text, "askonce.db"));
  if (!r->values[burst].text)
    r->values[burst].text =
        ask_printf(r->arena, "%lld", 2 * strtoll(r->values[find("limits.requests_per_second")].text, NULL, 10));
}

bool ask_config_read(struct ask_arena *arena, const char *file, const struct ask_config_word *words, size_t word_count,
                     struct ask_config *ret, const struct ask_setting **ret_settings, size_t *ret_count,
                     struct ask_problems *problems) {
  struct reader r = {.arena = arena, .problems = problems};
  struct ask_config config = {0};
  size_t errors = problems->errors;
  const char *named = getenv("ASKONCE_CONFIG");
  for (int i = 0; i < COUNT; i++) r.values[i].text = ROWS[i].standard;
  if (!file && named && *named) file = named;
  if (file) read_file(&r, file);
  read_environment(&r);
  read_words(&r, words, word_count);
  work_out(&r);
  fill(&r, &config);
  check(&r, &config);
  if (problems->errors > errors) return false;
  struct ask_setting *settings = ask_alloc_array(arena, COUNT, sizeof *settings);
  for (int i = 0; i < COUNT; i++) {
    const char *text = r.values[i].text;
    settings[i] = (struct ask_setting){ROWS[i].name, text, r.values[i].origin, r.values[i].where};
    if (text && ROWS[i].member == AT(store)) settings[i].value = without_password(arena, text);
  }
  *ret = config;
  if (ret_settings) {
    *ret_settings = settings;
    *ret_count = COUNT;
  }
  return true;
}

bool ask_config_is_local(const struct ask_config *config) { return is_loopback(config->host); }

/* ---- showing --------------------------------------------------------------------------------------------------------- */

const char *ask_config_origin_text(enum ask_config_origin origin) {
  static const char *const words[] = {
      [ASK_FROM_DEFAULT] = "default",
      [ASK_FROM_FILE] = "file",
      [ASK_FROM_ENVIRONMENT] = "environment",
      [ASK_FROM_COMMAND] = "command",
  };
  return words[origin];
}

void ask_config_write(struct ask_buffer *buffer, const struct ask_setting *settings, size_t count) {
  ask_put_open(buffer, '{');
  ask_put_key(buffer, "settings");
  ask_put_open(buffer, '[');
  for (size_t i = 0; i < count; i++) {
    ask_put_open(buffer, '{');
    ask_put_key_text(buffer, "name", settings[i].name);
    ask_put_key_text(buffer, "value", settings[i].value);
    ask_put_key_text(buffer, "from", ask_config_origin_text(settings[i].origin));
    ask_put_key_text(buffer, "where", settings[i].where);
    ask_put_close(buffer, '}');
  }
  ask_put_close(buffer, ']');
  ask_put_close(buffer, '}');
}
